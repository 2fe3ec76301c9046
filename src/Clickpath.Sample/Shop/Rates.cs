namespace Clickpath.Sample.Shop;

/// <summary>How often things happen, such that a day comes to the events and orders that are asked for.</summary>
internal sealed class Rates
{
    public const double CasualShare = 0.8;

    /// <summary>A cart visit adds 1.2 products, each of which may need its page, and views the cart.</summary>
    private const double EventsOfACart = 2.6;
    private const double LeadShare = 0.02;
    private const double BotShare = 0.08;

    public Rates(SampleOptions options, double meanReadiness)
    {
        Bots = BotShare * options.EventsPerDay;
        var events = options.EventsPerDay - Bots;
        // Visits, given how much a visit's carts and checkouts add, which depends on the orders per visit: a fixed point.
        Visits = events / options.PagesPerVisit;
        for (var i = 0; i < 50; i++)
        {
            Funnel(options.Orders / Visits);
            var perVisit = options.PagesPerVisit + LeadShare + (EventsOfACart * Cart) + (2 * Checkout) + (2.2 * Purchase);
            Visits = (Visits + (events / perVisit)) / 2;
        }

        Readiness = meanReadiness;
        CasualReturn = 0.6 * options.ReturnShare;
        KeenReturn = Math.Min(0.85, 2 * options.ReturnShare);
        NewClients = Visits / ((CasualShare / (1 - CasualReturn)) + ((1 - CasualShare) / (1 - KeenReturn)));
    }

    /// <summary>Visits of people a day.</summary>
    public double Visits { get; private set; }

    /// <summary>People who come for the first time, a day.</summary>
    public double NewClients { get; }

    public double Bots { get; }

    /// <summary>The mean of <see cref="Visitor.Readiness"/> over visits, which the shares below are for.</summary>
    public double Readiness { get; }

    /// <summary>The share of visits that buy.</summary>
    public double Purchase { get; private set; }

    /// <summary>The share of visits that begin a checkout, those that buy included.</summary>
    public double Checkout { get; private set; }

    /// <summary>The share of visits that fill a cart, those that go on included.</summary>
    public double Cart { get; private set; }

    public double CasualReturn { get; }

    public double KeenReturn { get; }

    public static bool IsLead(SampleRandom random) => random.Chance(LeadShare);

    // Where few buy, twice as many begin a checkout and four times as many fill a cart; the shares never pass 1.
    private void Funnel(double purchase)
    {
        Purchase = Math.Min(purchase, 0.9);
        Checkout = Purchase + (Purchase * (1 - Purchase));
        Cart = Math.Min(1, Checkout + (2 * Purchase * (1 - Checkout)));
    }
}
