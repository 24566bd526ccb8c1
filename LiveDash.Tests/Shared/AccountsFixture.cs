using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDash.Tests.Shared;

/// <summary>One app with accounts for all tests of a class, on a clock that moves when told to: tests in it use names and addresses of their own, since tries are limited by both.</summary>
public sealed class AccountsFixture : IAsyncLifetime
{
    /// <summary>The clock.</summary>
    public ManualTime Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(60));

    internal AccountsApp Accounts { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Accounts = await AccountsApp.StartAsync(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time)), settings: "--LiveDash:Notifications:AllowedAddresses:0=127.0.0.0/8");

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Accounts.DisposeAsync();
}
