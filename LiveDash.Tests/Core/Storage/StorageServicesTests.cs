using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Core.Storage;

public class StorageServicesTests
{
    [Fact]
    public async Task AddStorage_HostStarts_OpensTheDirectoryThatIsSet()
    {
        using var directory = new TempDirectory();
        var settings = new Dictionary<string, string?> { ["LiveDash:DataDirectory"] = directory.Path, ["LiveDash:Storage:BallastBytes"] = "0" };
        await using var provider = Services(settings);
        var lifecycle = provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>().ToList();

        foreach (var service in lifecycle) await service.StartingAsync(default);

        var store = provider.GetRequiredService<IPointStore>();
        Assert.Equal(StoreState.Ready, store.Status.State);
        Assert.True(File.Exists(Path.Combine(directory.Path, "livedash.db")));
        await provider.GetRequiredService<IDocumentStore>().ApplyAsync([new("k", "a", [1])], default);
        Assert.Same(store, provider.GetRequiredService<IPointStore>());
    }

    [Fact]
    public void AddStorage_WrongSettings_AreAllNamedAtOnce()
    {
        using var directory = new TempDirectory();
        using var provider = Services(new()
        {
            ["LiveDash:DataDirectory"] = directory.Path,
            ["LiveDash:Storage:RetentionDays"] = "-1",
            ["LiveDash:Storage:MaxBytes"] = "1000",
            ["LiveDash:Storage:BallastBytes"] = "-1",
            ["LiveDash:Storage:SealPoints"] = "0",
        });

        var faults = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<StorageOptions>>().Value).Failures;

        Assert.Equal(4, faults.Count());
        Assert.All(faults, static fault => Assert.StartsWith("LiveDash:Storage:", fault, StringComparison.Ordinal));
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new SeriesCatalog(new Limits()))
            .AddLogging()
            .AddStorage(configuration)
            .Configure<StorageOptions>(options => options.DataDirectory = configuration["LiveDash:DataDirectory"]!)
            .BuildServiceProvider();
    }
}
