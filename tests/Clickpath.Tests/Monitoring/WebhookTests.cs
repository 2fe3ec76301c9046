using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Clickpath.Monitoring;

namespace Clickpath.Tests.Monitoring;

/// <summary>Delivery to a real server on this machine.</summary>
public sealed class WebhookTests
{
    private static readonly Webhook Patient = new(TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(20));
    private static readonly Webhook Impatient = new(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(20));

    [Test]
    public async Task A_server_that_fails_and_hangs_and_then_answers_is_told_at_the_third_attempt()
    {
        using var server = new Server(
            context => Answer(context, 503),
            context => { }, // hangs
            context => Answer(context, 200));

        var outcome = await Impatient.Send(server.Url + "secret-path", "hello <world>");

        Assert.That(outcome, Is.EqualTo("webhook: delivered at attempt 3."));
        Assert.That(server.Bodies, Has.Count.EqualTo(3));
        Assert.That(JsonDocument.Parse(server.Bodies[2]).RootElement.GetProperty("text").GetString(), Is.EqualTo("hello <world>"));
    }

    [Test]
    public async Task A_server_that_always_fails_is_given_up_without_naming_it()
    {
        using var server = new Server(context => Answer(context, 500), context => Answer(context, 500), context => Answer(context, 500));

        var outcome = await Patient.Send(server.Url + "secret-path", "x");

        Assert.That(outcome, Does.Contain("not delivered after 3 attempts: it answered 500"));
        Assert.That(outcome, Does.Not.Contain("secret-path").And.Not.Contain("127.0.0.1").And.Not.Contain("localhost"));
    }

    [Test]
    public async Task A_refusal_is_not_tried_again()
    {
        using var server = new Server(context => Answer(context, 403));

        Assert.That(await Patient.Send(server.Url, "x"), Does.Contain("it answered 403"));
        Assert.That(server.Bodies, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nobody_listening_fails_nothing()
    {
        var outcome = await Patient.Send($"http://127.0.0.1:{Server.FreePort()}/secret-path", "x");

        Assert.That(outcome, Does.Contain("no connection").And.Not.Contain("secret-path").And.Not.Contain("127.0.0.1"));
    }

    [TestCase("file:///etc/passwd")]
    [TestCase("not a url")]
    public async Task What_is_no_web_address_is_not_called(string url) =>
        Assert.That(await Patient.Send(url, "x"), Does.Contain("holds no http or https URL").And.Not.Contain(url));

    private static void Answer(HttpListenerContext context, int code)
    {
        context.Response.StatusCode = code;
        context.Response.Close();
    }

    /// <summary>Answers its requests one by one, each in the way given.</summary>
    private sealed class Server : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _loop;

        public Server(params Action<HttpListenerContext>[] answers)
        {
            Url = $"http://127.0.0.1:{FreePort()}/";
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _loop = Task.Run(async () =>
            {
                foreach (var answer in answers)
                {
                    var context = await _listener.GetContextAsync();
                    using (var reader = new StreamReader(context.Request.InputStream))
                        Bodies.Add(await reader.ReadToEndAsync());
                    answer(context);
                }
            });
        }

        public string Url { get; }

        public List<string> Bodies { get; } = [];

        public static int FreePort()
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        public void Dispose()
        {
            _listener.Close();
            ((IAsyncResult)_loop).AsyncWaitHandle.WaitOne(1000);
        }
    }
}
