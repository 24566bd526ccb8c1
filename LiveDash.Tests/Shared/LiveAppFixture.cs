namespace LiveDash.Tests.Shared;

/// <summary>One app with default settings for all tests of a class (<c>IClassFixture&lt;LiveAppFixture&gt;</c>): tests in it use series names of their own.</summary>
public sealed class LiveAppFixture : IAsyncLifetime
{
    /// <summary>The app.</summary>
    public LiveApp App { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => App = await LiveApp.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await App.DisposeAsync();
}
