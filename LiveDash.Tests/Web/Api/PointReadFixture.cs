using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

/// <summary>The true app on its true store, which holds a few known points (see <see cref="InitializeAsync"/>), their ids counted from 1.</summary>
public sealed class PointReadFixture : IAsyncLifetime
{
    /// <summary>The event time of the first point; the others follow by the second.</summary>
    public static readonly DateTime Start = new(2026, 11, 21, 9, 30, 0, DateTimeKind.Utc);

    /// <summary>The app.</summary>
    public LiveApp App { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        App = await LiveApp.StartAsync();
        var batch = PointBatch.Rent();
        var coords = Intern("coords");
        batch.Add(coords, At(0), 0, 1, 2);
        batch.Add(coords, At(1), 0, 3.5, -4.25);
        batch.Add(coords, At(2), 7);
        batch.Add(Intern("cpu.load{host=web1}"), At(0), 0.5);
        batch.Add(Intern("cpu.load{host=web2,zone=a}"), At(1), 1.5);
        batch.Add(Intern("cpu.load{host=db1}"), At(2), 2.5);
        batch.Add(Intern("cpu.idle"), At(3), 97);
        batch.Add(Intern("=cmd|'x'!A1"), At(4), 1);
        await App.Services.GetRequiredService<IPointStore>().AppendAsync(batch, CancellationToken.None);
        batch.Release();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await App.DisposeAsync();

    private static long At(int second) => Start.AddSeconds(second).Ticks;

    private int Intern(string text)
    {
        Assert.True(SeriesKey.TryParse(text, out var key));
        Assert.True(App.Services.GetRequiredService<SeriesCatalog>().TryIntern(key!, out var series));
        return series;
    }
}
