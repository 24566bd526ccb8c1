using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// Where people sign in and nobody administers yet, prints a one-time address in the log as soon as the program listens: it makes the first administrator. It is good for
/// an hour and once; there is no default password. A restart prints another one.
/// </summary>
internal sealed partial class FirstRun(AccountBook accounts, TicketBook tickets, SecurityState state, IServer server, IConfiguration configuration, TimeProvider time, ILogger<FirstRun> logger) : IHostedLifecycleService
{
    /// <summary>For how long the address is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (state.Mode != SecurityMode.Accounts || accounts.HasAdministrator) return;
        var now = time.GetUtcNow();
        var token = await tickets.MakeAsync(id => new AccountTicket { Id = id, Purpose = TicketPurpose.FirstRun, ExpiresAt = now + Lifetime, Role = AccountRole.Administrator }, now, cancellationToken);
        LogFirstRun(logger, $"{Address()}/join/{token}", (int)Lifetime.TotalMinutes);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // As a browser would ask: a wildcard is no address, and the host must be one that is answered to.
    private string Address()
    {
        var listened = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        var path = configuration["PathBase"]?.Trim('/') is { Length: > 0 } below ? "/" + below : "";
        var name = (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(static host => host is not ("*" or "localhost" or "127.0.0.1" or "[::1]"));
        if (state.Proxies.Count > 0 && name is not null) return $"https://{name}{path}";
        var parsed = BindingAddress.Parse(listened);
        var host = name ?? (parsed.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : parsed.Host);
        return $"{parsed.Scheme}://{host}:{parsed.Port}{path}";
    }

    [LoggerMessage(7001, LogLevel.Warning, "Nobody administers this server yet. Open {Address} to make the first administrator; the address is good for {Minutes} minutes, and once.")]
    private static partial void LogFirstRun(ILogger logger, string address, int minutes);
}
