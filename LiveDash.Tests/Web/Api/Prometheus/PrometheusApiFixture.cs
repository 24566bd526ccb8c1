using System.Globalization;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api.Prometheus;

/// <summary>An app with an hour of two counters and a series with dots in its name, a point each 15 s.</summary>
public sealed class PrometheusApiFixture : IAsyncLifetime
{
    /// <summary>The moment of the last point, in seconds since 1970; a multiple of a minute.</summary>
    public const long End = 1_790_000_040;

    /// <summary>The app.</summary>
    public LiveApp App { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        App = await LiveApp.StartAsync();
        await App.PostAsync(Lines());
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await App.DisposeAsync();

    private static IEnumerable<string> Lines()
    {
        for (var i = 240; i >= 0; i--)
        {
            var time = string.Create(CultureInfo.InvariantCulture, $"\"t\":{(End - (15 * i)) * 1000}");
            yield return $$"""{"series":"http_requests_total","tags":{"job":"api","instance":"a"},{{time}},"value":{{(240 - i) * 30}}}""";
            yield return $$"""{"series":"http_requests_total","tags":{"job":"api","instance":"b"},{{time}},"value":{{(240 - i) * 15}}}""";
            yield return $$"""{"series":"cpu.load","tags":{"host":"web1"},{{time}},"value":0.000001}""";
        }
    }
}
