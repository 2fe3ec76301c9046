namespace Clickpath.Sample.Shop;

/// <summary>What people read the shop on.</summary>
internal enum Device
{
    Phone,
    Desktop,
    Tablet,
}

/// <summary>Browsers of March 2025 and what robots call themselves.</summary>
internal static class UserAgents
{
    private const string WebKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
    private const string Blink = "AppleWebKit/537.36 (KHTML, like Gecko)";

    private static readonly Weighted<string> Ios = new((60, "18_3_1"), (9, "18_1_1"), (6, "18_3"), (5, "18_2_1"), (7, "17_6_1"), (3, "17_5_1"), (2, "16_7_10"), (2, "18_4"));
    private static readonly Weighted<int> Chrome = new((75, 133), (12, 132), (8, 134), (3, 131), (2, 109));
    private static readonly string[] Phones = ["SM-S918B", "SM-A546B", "SM-G991B", "SM-S928U", "Pixel 8", "Pixel 7a", "2201117TG", "CPH2531", "moto g54"];

    private static readonly Weighted<string> Bots = new(
        (28, "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.6943.126 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
        (12, "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/133.0.6943.126 Safari/537.36"),
        (14, "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36"),
        (12, "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"),
        (8, "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)"),
        (8, "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)"),
        (7, "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
        (5, HeadlessChrome),
        (4, "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)"),
        (2, "python-requests/2.32.3"));

    public const string HeadlessChrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/133.0.0.0 Safari/537.36";

    public static string Bot(SampleRandom random) => Bots.Pick(random);

    public static Device DeviceOf(SampleRandom random) => random.Next(100) switch
    {
        < 62 => Device.Phone,
        < 94 => Device.Desktop,
        _ => Device.Tablet,
    };

    public static string Of(Device device, Channel channel, SampleRandom random) => device switch
    {
        Device.Phone when random.Chance(channel.InApp) => InApp(channel, random),
        Device.Phone => Phone(random),
        Device.Tablet => Tablet(random),
        _ => Desktop(random),
    };

    private static string Phone(SampleRandom random) => random.Next(100) switch
    {
        < 44 => IPhoneSafari(Ios.Pick(random)),
        < 50 => $"{IPhone(random)} CriOS/{Chrome.Pick(random)}.0.6943.120 Mobile/15E148 Safari/604.1",
        < 57 => $"{IPhone(random)} GSA/{355 + random.Next(4)}.{random.Next(2)}.72{random.Next(10)}646882 Mobile/15E148 Safari/604.1",
        < 58 => $"{IPhone(random)} FxiOS/135.0 Mobile/15E148 Safari/605.1.15",
        < 91 => $"Mozilla/5.0 (Linux; Android 10; K) {Blink} Chrome/{Chrome.Pick(random)}.0.0.0 Mobile Safari/537.36",
        < 98 => $"Mozilla/5.0 (Linux; Android 10; K) {Blink} SamsungBrowser/{26 + random.Next(2)}.0 Chrome/125.0.0.0 Mobile Safari/537.36",
        _ => "Mozilla/5.0 (Android 14; Mobile; rv:135.0) Gecko/135.0 Firefox/135.0",
    };

    private static string InApp(Channel channel, SampleRandom random)
    {
        var instagram = channel.Name.StartsWith("instagram", StringComparison.Ordinal);
        if (random.Chance(0.55))
        {
            return instagram
                ? $"{IPhone(random)} Mobile/22D72 Instagram {368 + random.Next(3)}.0.0.{20 + random.Next(10)}.95 (iPhone{14 + random.Next(3)},{2 + random.Next(4)}; iOS 18_3_1; en_GB; en; scale=3.00; 1170x2532; 700000000)"
                : $"{IPhone(random)} Mobile/22D72 [FBAN/FBIOS;FBAV/{501 + random.Next(4)}.0.0.{40 + random.Next(20)}.107;FBDV/iPhone{14 + random.Next(3)},{2 + random.Next(4)};FBMD/iPhone;FBSN/iOS;FBSV/18.3.1;FBSS/3;FBLC/en_GB;FBOP/80]";
        }

        var phone = $"Mozilla/5.0 (Linux; Android {13 + random.Next(3)}; {random.Pick(Phones)} Build/UP1A.231005.007; wv) {Blink} Version/4.0 Chrome/{Chrome.Pick(random)}.0.6943.137 Mobile Safari/537.36";
        return instagram
            ? $"{phone} Instagram {368 + random.Next(3)}.0.0.{20 + random.Next(10)}.95 Android"
            : $"{phone} [FB_IAB/FB4A;FBAV/{501 + random.Next(4)}.0.0.{40 + random.Next(20)}.107;]";
    }

    private static string Tablet(SampleRandom random) => random.Next(10) switch
    {
        < 7 => IPhoneSafari(Ios.Pick(random)).Replace("iPhone; CPU iPhone OS", "iPad; CPU OS", StringComparison.Ordinal),
        < 9 => $"Mozilla/5.0 (Linux; Android 10; K) {Blink} Chrome/{Chrome.Pick(random)}.0.0.0 Safari/537.36",
        _ => $"Mozilla/5.0 (Linux; Android 11; KFTRWI) {Blink} Silk/132.4.1 like Chrome/132.0.6834.196 Safari/537.36",
    };

    private static string Desktop(SampleRandom random) => random.Next(100) switch
    {
        < 36 => $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {Blink} Chrome/{Chrome.Pick(random)}.0.0.0 Safari/537.36",
        < 56 => Edge(Chrome.Pick(random)),
        < 62 => "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:135.0) Gecko/20100101 Firefox/135.0",
        < 80 => $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WebKit} Version/{16 + random.Next(3)}.{3 + random.Next(4)} Safari/605.1.15",
        < 92 => $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {Blink} Chrome/{Chrome.Pick(random)}.0.0.0 Safari/537.36",
        < 96 => $"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {Blink} Chrome/{Chrome.Pick(random)}.0.0.0 Safari/537.36",
        _ => $"Mozilla/5.0 (X11; Linux x86_64) {Blink} Chrome/{Chrome.Pick(random)}.0.0.0 Safari/537.36",
    };

    private static string Edge(int version) => $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {Blink} Chrome/{version}.0.0.0 Safari/537.36 Edg/{version}.0.0.0";

    private static string IPhoneSafari(string version) =>
        $"Mozilla/5.0 (iPhone; CPU iPhone OS {version} like Mac OS X) {WebKit} Version/{string.Join('.', version.Split('_').Take(2))} Mobile/15E148 Safari/604.1";

    private static string IPhone(SampleRandom random) => $"Mozilla/5.0 (iPhone; CPU iPhone OS {Ios.Pick(random)} like Mac OS X) {WebKit}";
}
