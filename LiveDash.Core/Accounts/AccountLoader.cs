using LiveDash.Core.Accounts.Snapshots;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Accounts;

/// <summary>Reads accounts, second factors, passkeys, sessions, one-time addresses, keys, share links, grants and snapshots before anything is asked of them.</summary>
internal sealed class AccountLoader(AccountBook accounts, FactorBook factors, PasskeyBook passkeys, SessionBook sessions, TicketBook tickets, KeyBook keys, ShareBook shares, GrantBook grants, SnapshotBook snapshots) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await accounts.LoadAsync(cancellationToken);
        await factors.LoadAsync(cancellationToken);
        await passkeys.LoadAsync(cancellationToken);
        await sessions.LoadAsync(cancellationToken);
        await tickets.LoadAsync(cancellationToken);
        await keys.LoadAsync(cancellationToken);
        await shares.LoadAsync(cancellationToken);
        await grants.LoadAsync(cancellationToken);
        await snapshots.LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
