using System.Net;
using System.Text;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveDash.Tests.Shared;

/// <summary>
/// The true app on a free port of the loopback, with a data directory of its own. Disposal stops it and deletes the directory,
/// unless the caller gave one (to start a second app on the same data).
/// </summary>
public sealed class LiveApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempDirectory? _ownDirectory;

    private bool _disposed;

    private LiveApp(WebApplication app, string dataDirectory, TempDirectory? ownDirectory)
    {
        _app = app;
        _ownDirectory = ownDirectory;
        DataDirectory = dataDirectory;
        Address = new Uri(app.Urls.Single());
        // A response that is given up is cut off at once, as a closed browser does it; the default drains it for 2 s first.
        Client = new HttpClient(new SocketsHttpHandler { MaxResponseDrainSize = 0, ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:41234</c>.</summary>
    public Uri Address { get; }

    /// <summary>A client of this app; disposed with it.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it keeps its data.</summary>
    public string DataDirectory { get; }

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The settings that keep listeners off, so that tests do not fight for their ports; one that is wanted is set to port 0 after these.</summary>
    public static IEnumerable<string> ListenersOff => ListenerSpec.All.Select(static spec => $"--{ListenerBoard.Section(spec)}:Endpoint=");

    /// <summary>Where a listener is bound; fails where it is not.</summary>
    public IPEndPoint Listener(ListenerSpec spec) =>
        IPEndPoint.Parse(Services.GetRequiredService<ListenerBoard>()[spec].Snapshot() is { Bound: { } bound } ? bound : throw new InvalidOperationException($"{spec.Name} does not listen."));

    /// <summary>Builds and starts the app. This machine's own metrics are off, so that a test sees its own points only; a setting turns them on.</summary>
    /// <param name="configure">Swaps services, a clock for instance; run last.</param>
    /// <param name="dataDirectory">A directory that outlives the app, or null for one of its own.</param>
    /// <param name="routes">Adds routes of the test's own, one that fails for instance.</param>
    /// <param name="settings">More settings as on a command line, such as <c>--LiveDash:Limits:MaxSeries=10</c>.</param>
    public static async Task<LiveApp> StartAsync(
        Action<WebApplicationBuilder>? configure = null,
        string? dataDirectory = null,
        Action<WebApplication>? routes = null,
        params string[] settings)
    {
        var own = dataDirectory is null ? new TempDirectory() : null;
        var directory = dataDirectory ?? own!.Path;
        string[] args = ["--urls", "http://127.0.0.1:0", $"--LiveDash:DataDirectory={directory}", "--LiveDash:HostMetrics:Enabled=false", .. ListenersOff, .. settings];
        var app = LiveDashApp.Build(args, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            configure?.Invoke(builder);
        });
        routes?.Invoke(app);
        await app.StartAsync();
        return new LiveApp(app, directory, own);
    }

    /// <summary>Posts points as NDJSON, a point a line; done when they are kept. Fails unless all were accepted.</summary>
    public async Task PostAsync(params IEnumerable<string> lines)
    {
        using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var answer = await Client.PostAsync(new Uri("/api/points", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode && text.Contains("\"rejected\":0", StringComparison.Ordinal), text);
    }

    /// <summary>What a path answers, as text; fails unless it is a success.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _ownDirectory?.Dispose();
    }
}
