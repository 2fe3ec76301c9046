using Microsoft.Playwright;

namespace Clickpath.Browser;

/// <summary>The Chromium that is installed here. Playwright drives it; it brings and fetches no browser of its own.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts the browser; the tests are skipped, saying so, where there is none.</summary>
    public static async Task<Chromium> Start()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var found = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).SelectMany(path => (string[])[path, path + ".exe"]).FirstOrDefault(File.Exists);
        if (found is null)
            Assert.Ignore($"No Chromium is on the PATH ({string.Join(", ", Names)}): the pages are not tried in a browser. On Debian: apt-get install chromium.");
        var playwright = await Playwright.CreateAsync();
        // Its sandbox needs rights that a container's root lacks; the pages are our own.
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = found, Args = ["--no-sandbox"] }));
    }

    /// <summary>Opens a page from its file, and keeps what the browser complains of or asks for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Theme, size, whether scripts run.</param>
    public async Task<OpenPage> Open(string path, BrowserNewContextOptions? options = null)
    {
        var context = await _browser.NewContextAsync(options ?? new());
        var page = await context.NewPageAsync();
        var open = new OpenPage(page, context);
        page.Console += (_, message) => open.Complain(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => open.Complain(true, error);
        page.Dialog += async (_, dialog) =>
        {
            open.Complain(true, $"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        var own = new Uri(path).AbsoluteUri;
        page.Request += (_, request) => open.Complain(request.Url != own && !request.Url.StartsWith("data:", StringComparison.Ordinal), $"request: {request.Url}");
        page.RequestFailed += (_, request) => open.Complain(true, $"refused: {request.Url} {request.Failure}");
        await page.GotoAsync(own);
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>A page that is open in the browser.</summary>
internal sealed class OpenPage(IPage page, IBrowserContext context) : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    public IPage Page => page;

    /// <summary>Console errors, uncaught errors, dialogs and requests for anything but the file itself.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    public void Complain(bool really, string what)
    {
        if (!really)
            return;
        lock (_complaints)
            _complaints.Add(what);
    }

    public ValueTask DisposeAsync() => new(context.CloseAsync());
}
