using System.Globalization;

namespace Clickpath.Sample.Shop;

/// <summary>What happens on a visit: pages, and for some a cart, a checkout and an order.</summary>
internal sealed class Journey(SampleOptions options, Traffic traffic)
{
    /// <summary>Keeps a visit under three hours with the longest look at each page.</summary>
    private const int MostPages = 25;
    private const double LongestLookSeconds = 360;

    private readonly Dictionary<DateOnly, int> ordersOfDay = [];

    /// <summary>The visit's events, by time.</summary>
    public List<SampleEvent> Of(PlannedVisit planned)
    {
        var random = traffic.RandomOf(planned);
        var visitor = new Visitor(planned.Client, planned.BornMs, planned.IsBot, traffic.MoodAt(planned.BornMs));
        var mood = traffic.MoodAt(planned.StartMs);
        var channel = planned.IsBot ? Channels.Direct : visitor.ChannelOf(planned.Number, mood, random);
        var step = planned.IsBot ? Step.Look : StepOf(visitor.Readiness(channel, planned.Number) / traffic.Rates.Readiness * mood.Conversion, random);

        var product = step > Step.Look || random.Chance(0.55) ? Catalogue.Products.Pick(random) : null;
        var landing = product?.Path ?? Catalogue.Pages.Pick(random);
        var visit = new Visit(planned.Client, planned.Number, planned.IsBot, channel, visitor.Device, landing);
        var scene = new Scene(visit, visitor, planned.StartMs, random);
        // A tab left open overnight and used again: few visits begin with the shop's own referrer.
        var isLeftOpen = planned.Number > 1 && channel == Channels.Direct && random.Chance(0.05);
        scene.Open(Catalogue.Origin + landing, channel.Query(random), isLeftOpen ? Catalogue.Origin + "/" : random.Pick(channel.Referrers), Padding(random));
        if (planned.IsBot) return scene.Events;

        if (Rates.IsLead(random)) scene.Aside(EventNames.Lead, 8 + (random.Unit() * 40), $$"""{"user_email":"{{visitor.Email}}"}""");
        var more = (options.PagesPerVisit - 1) / options.PagesPerVisit;
        for (var pages = 1; pages < MostPages && random.Chance(more); pages++)
        {
            product = random.Chance(0.65) ? Catalogue.Products.Pick(random) : null;
            scene.Wait(8 + random.Exponential(60));
            scene.Open(Catalogue.Origin + (product?.Path ?? Catalogue.Pages.Pick(random)), "", Catalogue.Origin + "/", Padding(random));
        }

        if (step >= Step.Cart) Shopping(scene, step, product, visitor, random);
        return scene.Events;
    }

    private void Shopping(Scene scene, Step step, Product? product, Visitor visitor, SampleRandom random)
    {
        var items = new List<OrderItem>();
        do
        {
            if (product is null)
            {
                product = Catalogue.Products.Pick(random);
                scene.Wait(8 + random.Exponential(40));
                scene.Open(Catalogue.Origin + product.Path, "", Catalogue.Origin + "/", Padding(random));
            }

            scene.Wait(6 + random.Exponential(40));
            scene.Happen(EventNames.Cart);
            var quantity = !random.Chance(0.15) ? 1 : product.Slug is "glow-bulb" or "string-lights" ? 2 + random.Next(5) : 2;
            items.Add(new OrderItem(product, random.Pick(product.Variants), quantity));
            product = null;
        }
        while (items.Count < 5 && random.Chance(0.2));

        scene.Wait(2 + random.Exponential(4));
        scene.Open(Catalogue.Origin + "/cart", "", Catalogue.Origin + "/", Padding(random));
        if (step < Step.Checkout) return;

        scene.Wait(10 + random.Exponential(50));
        var checkout = $"{Catalogue.CheckoutOrigin}/checkouts/cn/{random.Text(32, Channels.UrlSafe)}";
        scene.Open(checkout, "", Catalogue.Origin + "/", Padding(random));
        scene.Wait(0.004 + (0.03 * random.Unit()));
        scene.Happen(EventNames.Checkout);
        if (step < Step.Purchase) return;

        scene.Wait(60 + random.Exponential(90));
        scene.Open(checkout + "/thank-you", "", Catalogue.CheckoutOrigin + "/", Padding(random));
        scene.Wait(0.004 + (0.06 * random.Unit()));
        scene.Purchase(OrderOf(items, visitor, scene.TimeMs));
        if (!random.Chance(0.2)) return;

        scene.Wait(20 + random.Exponential(60));
        scene.Open(Catalogue.Origin + "/", "", Catalogue.CheckoutOrigin + "/", Padding(random));
    }

    private Order OrderOf(List<OrderItem> items, Visitor visitor, long ms)
    {
        var date = DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(ms));
        var number = ordersOfDay.GetValueOrDefault(date);
        ordersOfDay[date] = number + 1;
        ordersOfDay.Remove(date.AddDays(-2));
        // Coprime steps through 900,000 numbers: no id twice on a day, and no count for competitors to read.
        var scattered = 100_000 + (((number * 700_001L) + (date.DayNumber * 7919L)) % 900_000);
        return new Order(string.Create(CultureInfo.InvariantCulture, $"LL-{date:yyyyMMdd}-{scattered}"), items, visitor.Email);
    }

    private Step StepOf(double readiness, SampleRandom random)
    {
        var rates = traffic.Rates;
        // Where nearly all buy anyway, a factor can't make it more than all.
        var at = random.Unit() / Math.Min(readiness, 0.95 / Math.Max(rates.Purchase, 1e-9));
        return at < rates.Purchase ? Step.Purchase : at < rates.Checkout ? Step.Checkout : at < rates.Cart ? Step.Cart : Step.Look;
    }

    private string Padding(SampleRandom random) =>
        options.UrlPadding == 0 ? "" : "_gl=" + random.Text(1 + random.Next(2 * options.UrlPadding), Channels.UrlSafe);

    private enum Step
    {
        Look,
        Cart,
        Checkout,
        Purchase,
    }

    /// <summary>A visit while it goes on: the page that is open, and what time it is.</summary>
    private sealed class Scene(Visit visit, Visitor visitor, long startMs, SampleRandom random)
    {
        private string page = "";
        private string referrer = "";

        public List<SampleEvent> Events { get; } = new(4);

        public long TimeMs { get; private set; } = startMs;

        public void Wait(double seconds) => TimeMs += (long)(1000 * Math.Min(seconds, LongestLookSeconds + random.Unit()));

        public void Open(string url, string query, string from, string padding)
        {
            var parameters = query.Length > 0 && padding.Length > 0 ? query + "&" + padding : query + padding;
            page = parameters.Length > 0 ? url + "?" + parameters : url;
            referrer = from;
            Happen(EventNames.PageView);
        }

        public void Happen(string name) => Add(name, TimeMs);

        /// <summary>Beside what the visit goes on with, and so perhaps after it.</summary>
        public void Aside(string name, double afterSeconds, string payload) => Add(name, TimeMs + (long)(1000 * afterSeconds), payload);

        public void Purchase(Order order) => Add(EventNames.Purchase, TimeMs, order: order);

        private void Add(string name, long ms, string? payload = null, Order? order = null) => Events.Add(new SampleEvent
        {
            TimeMs = ms,
            Name = name,
            Visit = visit,
            ClientId = visitor.ClientId,
            PageUrl = page,
            Referrer = referrer,
            UserAgent = visitor.UserAgent,
            Payload = payload,
            Order = order,
        });
    }
}
