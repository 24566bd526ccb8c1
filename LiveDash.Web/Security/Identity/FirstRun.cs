using LiveDash.Core.Accounts;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// Where people sign in and nobody administers yet, prints a one-time address in the log as soon as the program listens: it makes the first administrator. It is good for
/// an hour and once; there is no default password. A restart prints another one.
/// </summary>
internal sealed partial class FirstRun(AccountBook accounts, TicketBook tickets, SecurityState state, PublicAddress address, TimeProvider time, ILogger<FirstRun> logger) : IHostedLifecycleService
{
    /// <summary>For how long the address is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (state.Mode != SecurityMode.Accounts || accounts.HasAdministrator) return;
        var now = time.GetUtcNow();
        var token = await tickets.MakeAsync(id => new AccountTicket { Id = id, Purpose = TicketPurpose.FirstRun, ExpiresAt = now + Lifetime, Role = AccountRole.Administrator }, now, cancellationToken);
        LogFirstRun(logger, $"{address.Base()}/join/{token}", (int)Lifetime.TotalMinutes);
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

    [LoggerMessage(7001, LogLevel.Warning, "Nobody administers this server yet. Open {Address} to make the first administrator; the address is good for {Minutes} minutes, and once.")]
    private static partial void LogFirstRun(ILogger logger, string address, int minutes);
}
