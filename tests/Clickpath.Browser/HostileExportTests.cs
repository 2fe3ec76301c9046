namespace Clickpath.Browser;

/// <summary>No field of an export can make a page run a script or ask for anything.</summary>
public sealed class HostileExportTests
{
    private readonly TempFolder _temp = new();
    private Chromium _browser = null!;

    [OneTimeSetUp]
    public async Task Run()
    {
        _browser = await Chromium.Start();
        var events = Path.Combine(_temp.Path, "export");
        HostileExport.Write(events, days: 15);
        Export.Run(events, Artifacts);
    }

    [OneTimeTearDown]
    public async Task End()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _temp.Dispose();
    }

    [Test]
    public async Task No_page_runs_a_script_or_asks_for_anything()
    {
        Assert.That(Export.Pages(Artifacts).Select(Path.GetFileName), Does.Contain("report.html"));
        foreach (var path in Export.Pages(Artifacts))
        {
            await using var open = await _browser.Open(path);
            var found = await open.Page.EvaluateAsync<string[]>("""
                () => [
                    `hacked: ${window.hacked}`,
                    `scripts: ${document.scripts.length}`,
                    `images: ${document.images.length}`,
                    `handlers: ${[...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => a.name.startsWith("on"))).length}`,
                    `links elsewhere: ${[...document.querySelectorAll("[href], [src], [action]")].filter(e => !/^(#|[a-z0-9_.\/-]+$)/i.test(e.getAttribute("href") ?? e.getAttribute("src") ?? e.getAttribute("action"))).length}`,
                ]
                """);
            Assert.That(found, Is.EqualTo(new[] { "hacked: undefined", "scripts: 1", "images: 0", "handlers: 0", "links elsewhere: 0" }), path);
            Assert.That(open.Complaints, Is.Empty, path);
        }
    }

    [Test]
    public async Task The_attack_is_there_to_be_read()
    {
        await using var open = await _browser.Open(Report);
        var text = await open.Page.InnerTextAsync("body");

        Assert.That(text, Does.Contain("<script>window.hacked=1</script><img src=x onerror=window.hacked=2>"));
        Assert.That(text, Does.Not.Contain("\u202E").And.Not.Contain("\u2028"));
    }

    [Test]
    public async Task What_got_in_all_the_same_could_neither_run_nor_ask()
    {
        await using var open = await _browser.Open(Report);
        var ran = await open.Page.EvaluateAsync<string[]>("""
            async () => {
                const script = document.createElement("script");
                try { script.text = "window.ran = 'script'"; document.body.append(script); } catch { }
                const button = document.createElement("button");
                try { button.setAttribute("onclick", "window.ran = 'handler'"); document.body.append(button); button.click(); } catch { }
                let asked = "refused";
                await fetch("data:text/plain,x").then(() => { asked = "fetched"; }, () => { });
                const image = new Image();
                const loaded = await new Promise(done => { image.onload = () => done("loaded"); image.onerror = () => done("refused"); image.src = "https://clickpath.invalid/x.png"; });
                return [String(window.ran), asked, loaded];
            }
            """);

        Assert.That(ran, Is.EqualTo(new[] { "undefined", "refused", "refused" }));
        Assert.That(open.Complaints, Does.Contain("refused: https://clickpath.invalid/x.png csp"));
    }

    private string Artifacts => Path.Combine(_temp.Path, "artifacts");

    private string Report => Path.Combine(Artifacts, "analyze", "report.html");
}
