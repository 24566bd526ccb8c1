using System.Net.Sockets;
using System.Text;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Storage;
using LiveDash.Web.Security;

namespace LiveDash.Web.Listeners;

/// <summary>
/// Starts and stops listeners. A port that is taken is told on the Sources page and in the log, and stops nothing. Thread-safe: one change at a time.
/// </summary>
internal sealed partial class ListenerHost : IHostedService, IDisposable
{
    private const string Kind = "listeners";
    private readonly ListenerBoard _board;
    private readonly IDocumentStore _documents;
    private readonly SecurityState _security;
    private readonly ILogger<ListenerHost> _logger;
    private readonly Dictionary<ListenerSpec, IListenerServer> _servers = [];
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>Made by the container.</summary>
    public ListenerHost(ListenerBoard board, ListenerSessions sessions, OtlpParts otlp, BrokerIntake intake, IDocumentStore documents, LoopSupervisor loops, TimeProvider time, ILogger<ListenerHost> logger)
    {
        _board = board;
        _logger = logger;
        _documents = documents;
        _security = otlp.State;
        foreach (var status in board.All.Where(static status => status.Spec.Path is null))
        {
            IListenerServer server = status.Spec.Kind == ListenerSpec.OtlpHttp.Kind ? new OtlpListener(status, otlp)
                : status.Spec == ListenerSpec.Mqtt ? new MqttListener(status, intake, loops, time)
                : new SocketListener(status, sessions, loops, time, logger);
            _servers.Add(status.Spec, server);
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // What was changed on the Sources page counts where the configuration says nothing.
        foreach (var kept in await _documents.ListAsync(Kind, cancellationToken))
        {
            if (ListenerSpec.Find(kept.Id) is { Path: null } spec && _board[spec].Options.Endpoint is null) _board[spec].Configured = Encoding.UTF8.GetString(kept.Body);
        }

        foreach (var spec in _servers.Keys) await ApplyAsync(spec, _board[spec].Configured, cancellationToken);
    }

    /// <summary>Changes where a listener listens, at once and for the next start; a configuration that names its endpoint counts more there.</summary>
    /// <returns>Why not, or null.</returns>
    /// <exception cref="StoreFullException">No space on the disk.</exception>
    /// <exception cref="StoreUnavailableException">The store takes nothing now.</exception>
    public async Task<string?> SaveAsync(ListenerSpec spec, string endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Length > 0 && !ListenerEndpoint.TryParse(endpoint, out _)) return "Write address:port, such as 127.0.0.1:2003, or nothing for off.";
        if (ListenerServices.RemoteFault(_security, spec, _board[spec].Options, endpoint) is { } fault) return "It " + fault;
        await _documents.ApplyAsync([new DocumentChange(Kind, spec.Name, Encoding.UTF8.GetBytes(endpoint))], cancellationToken);
        return await ApplyAsync(spec, endpoint, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var spec in _servers.Keys) await ApplyAsync(spec, "", CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();

    /// <summary>Stops a listener and starts it elsewhere.</summary>
    /// <param name="spec">Which one.</param>
    /// <param name="endpoint">Where; empty for off.</param>
    /// <param name="cancellationToken">Gives up waiting for another change.</param>
    /// <returns>Why it does not listen though it should, or null.</returns>
    public async Task<string?> ApplyAsync(ListenerSpec spec, string endpoint, CancellationToken cancellationToken)
    {
        var status = _board[spec];
        await _changing.WaitAsync(cancellationToken);
        try
        {
            await _servers[spec].StopAsync();
            status.Configured = endpoint;
            status.Stopped(null);
            if (endpoint.Length == 0) return null;
            if (!ListenerEndpoint.TryParse(endpoint, out var parsed)) return Failed(status, "It is no address:port.");
            try
            {
                status.Listens(await _servers[spec].StartAsync(parsed, cancellationToken));
                return null;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                return Failed(status, e.Message);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    private string Failed(ListenerStatus status, string why)
    {
        var error = $"{status.Spec.Title} cannot be listened for on {status.Configured}: {why.TrimEnd('.')}. Choose another port with {ListenerBoard.Section(status.Spec)}:Endpoint.";
        status.Stopped(error);
        LogNotListening(_logger, error);
        return error;
    }

    [LoggerMessage(6102, LogLevel.Warning, "{Error} Everything else goes on.")]
    private static partial void LogNotListening(ILogger logger, string error);
}
