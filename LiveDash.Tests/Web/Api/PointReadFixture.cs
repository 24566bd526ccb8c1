using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDash.Tests.Web.Api;

/// <summary>The true app on a store in memory that holds a few known points (see <see cref="InitializeAsync"/>).</summary>
public sealed class PointReadFixture : IAsyncLifetime
{
    /// <summary>The event time of the first point; the others follow by the second.</summary>
    public static readonly DateTime Start = new(2026, 11, 21, 9, 30, 0, DateTimeKind.Utc);

    /// <summary>The store under the app.</summary>
    public MemoryPointStore Store { get; } = new();

    /// <summary>The app.</summary>
    public LiveApp App { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        App = await StartAsync(Store);
        var catalog = App.Services.GetRequiredService<SeriesCatalog>();
        var coords = Intern(catalog, "coords");
        Store.Add(coords, At(0), 0, 1, 2);
        Store.Add(coords, At(1), 0, 3.5, -4.25);
        Store.Add(coords, At(2), 7);
        Store.Add(Intern(catalog, "cpu.load{host=web1}"), At(0), 0.5);
        Store.Add(Intern(catalog, "cpu.load{host=web2,zone=a}"), At(1), 1.5);
        Store.Add(Intern(catalog, "cpu.load{host=db1}"), At(2), 2.5);
        Store.Add(Intern(catalog, "cpu.idle"), At(3), 97);
        Store.Add(Intern(catalog, "=cmd|'x'!A1"), At(4), 1);
    }

    /// <summary>Starts the app on a store.</summary>
    public static Task<LiveApp> StartAsync(MemoryPointStore store) => LiveApp.StartAsync(builder =>
    {
        builder.Services.RemoveAll<IPointStore>();
        builder.Services.AddSingleton<IPointStore>(store);
    });

    /// <inheritdoc/>
    public async Task DisposeAsync() => await App.DisposeAsync();

    private static long At(int second) => Start.AddSeconds(second).Ticks;

    private static int Intern(SeriesCatalog catalog, string text)
    {
        Assert.True(SeriesKey.TryParse(text, out var key));
        Assert.True(catalog.TryIntern(key!, out var series));
        return series;
    }
}
