using System.Globalization;

namespace Clickpath.Sample.Shop;

/// <summary>A product in one size or finish.</summary>
internal sealed record Variant(string Id, string Name, long Cents);

/// <summary>Something that the shop sells.</summary>
internal sealed record Product(string Slug, string Name, IReadOnlyList<Variant> Variants)
{
    public string Path { get; } = "/products/" + Slug;
}

/// <summary>Lumenloft, an invented shop for lamps: what it sells, and the pages it has.</summary>
internal static class Catalogue
{
    public const string Host = "lumenloft.example";
    public const string Origin = "https://lumenloft.example";
    public const string CheckoutOrigin = "https://checkout.lumenloft.example";
    public const string Currency = "EUR";

    private const string Finishes = "Brass,Black,White";
    private const string Sizes = "Small / 12\"-20,Medium / 16\"+0,Large / 24\"+35";

    /// <summary>By how often they are looked at; prices spread as order values do, about log-normal.</summary>
    public static Weighted<Product> Products { get; } = new(
        Of(90, "arc-floor-lamp", "Arc Floor Lamp", 249, Finishes),
        Of(80, "moon-pendant", "Moon Pendant", 159, Sizes),
        Of(70, "reed-table-lamp", "Reed Table Lamp", 89, Finishes),
        Of(60, "glow-bulb", "Glow Bulb", 12, "E14-10,E27+0,GU10-15"),
        Of(55, "harbour-wall-light", "Harbour Wall Light", 119, Finishes),
        Of(45, "tripod-floor-lamp", "Tripod Floor Lamp", 199, "Oak+0,Walnut+15"),
        Of(40, "cloud-chandelier", "Cloud Chandelier", 549, Sizes),
        Of(40, "linen-shade", "Linen Shade", 39, Sizes),
        Of(35, "desk-lamp-nine", "Desk Lamp No. 9", 74.5m, Finishes),
        Of(35, "string-lights", "String Lights", 24.9m, "10 m+0,20 m+70"),
        Of(30, "bedside-duo", "Bedside Duo", 138, Finishes),
        Of(30, "smart-dimmer", "Smart Dimmer", 49.95m, "Single+0,Double+60"),
        Of(25, "lantern-outdoor", "Outdoor Lantern", 96, "Zinc+0,Copper+25"),
        Of(20, "library-picture-light", "Library Picture Light", 129, Finishes),
        Of(20, "paper-globe", "Paper Globe", 29, Sizes),
        Of(15, "atelier-studio-lamp", "Atelier Studio Lamp", 329, Finishes),
        Of(12, "opal-chandelier", "Opal Chandelier", 890, Sizes),
        Of(12, "cable-kit", "Cable Kit", 18.5m, "2 m+0,5 m+40"),
        Of(10, "terrace-bollard", "Terrace Bollard", 179, "Graphite+0,Sand+0"),
        Of(8, "mirror-light-bar", "Mirror Light Bar", 99, "40 cm+0,60 cm+30"));

    /// <summary>Pages other than products, by how often they are looked at.</summary>
    public static Weighted<string> Pages { get; } = new(
        (60, "/"), (25, "/collections/floor-lamps"), (20, "/collections/pendants"), (14, "/collections/outdoor"),
        (12, "/collections/sale"), (10, "/pages/reviews"), (8, "/pages/shipping-and-returns"), (7, "/pages/store-locator"),
        (8, "/blogs/light/how-bright-should-a-kitchen-be"), (6, "/blogs/light/warm-or-cold-white"), (4, "/pages/contact"));

    private static (int, Product) Of(int weight, string slug, string name, decimal price, string variants) =>
        (weight, new Product(slug, name, [.. variants.Split(',').Select((text, i) => VariantOf(slug, i, text, price))]));

    // "Large / 24\"+35" is a variant that costs 35 % more.
    private static Variant VariantOf(string slug, int number, string text, decimal price)
    {
        var sign = text.LastIndexOfAny(['+', '-']);
        var percent = sign < 0 ? 0 : int.Parse(text[sign..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var initials = string.Concat(slug.Split('-').Select(word => char.ToUpperInvariant(word[0])));
        return new Variant(
            FormattableString.Invariant($"{initials}-{(int)price:000}-{number + 1:00}"),
            sign < 0 ? text : text[..sign],
            decimal.ToInt64(decimal.Round(price * (100 + percent) / 10) * 10));
    }
}
