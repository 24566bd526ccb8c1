using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Accounts;

/// <summary>Reads accounts, second factors, sessions, one-time addresses, keys and share links before anything is asked of them.</summary>
internal sealed class AccountLoader(AccountBook accounts, FactorBook factors, SessionBook sessions, TicketBook tickets, KeyBook keys, ShareBook shares) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await accounts.LoadAsync(cancellationToken);
        await factors.LoadAsync(cancellationToken);
        await sessions.LoadAsync(cancellationToken);
        await tickets.LoadAsync(cancellationToken);
        await keys.LoadAsync(cancellationToken);
        await shares.LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
