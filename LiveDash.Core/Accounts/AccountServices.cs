using LiveDash.Core.Accounts.Snapshots;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Accounts;

/// <summary>Registers the records of accounts.</summary>
public static class AccountServices
{
    /// <summary>Adds the books of accounts. To be called after the store: their loader must run behind the store's opening.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<AccountBook>();
        services.AddSingleton<FactorBook>();
        services.AddSingleton<PasskeyBook>();
        services.AddSingleton<SessionBook>();
        services.AddSingleton<TicketBook>();
        services.AddSingleton<KeyBook>();
        services.AddSingleton<ShareBook>();
        services.AddSingleton<GrantBook>();
        services.AddSingleton<SnapshotBook>();
        services.AddHostedService<AccountLoader>();
        return services;
    }
}
