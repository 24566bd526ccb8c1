using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Query.Tree;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Query;

/// <summary>Debian's prometheus over the points of a <see cref="QuerySamples"/>, put there as blocks by its promtool.</summary>
internal sealed class TruePrometheus : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly HttpClient _client = new();
    private Tool? _server;

    /// <summary>Starts it.</summary>
    public static async Task<TruePrometheus> StartAsync(QuerySamples samples)
    {
        var prometheus = new TruePrometheus();
        var folder = prometheus._directory.Path;
        await File.WriteAllTextAsync(Path.Combine(folder, "points.txt"), Text(samples));
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), "global: {}\n");
        await Tool.RunAsync("promtool", "tsdb", "create-blocks-from", "openmetrics", Path.Combine(folder, "points.txt"), Path.Combine(folder, "data"));
        var port = Tool.FreePort();
        prometheus._server = Tool.Start("prometheus", [$"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", "--storage.tsdb.retention.time=100y", $"--web.listen-address=127.0.0.1:{port}"]);
        await prometheus._server.ListensAsync(port);
        prometheus._client.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        await Wait.UntilAsync(
            async () =>
            {
                using var ready = await prometheus._client.GetAsync(new Uri("/-/ready", UriKind.Relative));
                return ready.IsSuccessStatusCode;
            },
            "prometheus is ready");
        return prometheus;
    }

    /// <summary>Its answer at a moment.</summary>
    public Task<QueryAnswer> InstantAsync(string query, double at) => AskAsync("/api/v1/query", [new("query", query), new("time", Number(at))]);

    /// <summary>Its answer over a range.</summary>
    public Task<QueryAnswer> RangeAsync(string query, double from, double to, double step) =>
        AskAsync("/api/v1/query_range", [new("query", query), new("start", Number(from)), new("end", Number(to)), new("step", Number(step))]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<QueryAnswer> AskAsync(string path, KeyValuePair<string, string>[] form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        if (json.RootElement.GetProperty("status").GetString() != "success") return new QueryAnswer(json.RootElement.GetProperty("error").GetString());
        var data = json.RootElement.GetProperty("data");
        var answer = new QueryAnswer(null);
        var result = data.GetProperty("result");
        if (data.GetProperty("resultType").GetString() is "scalar" or "string")
        {
            answer.Add("", Seconds(result[0]), Value(result[1]));
            return answer;
        }

        foreach (var series in result.EnumerateArray())
        {
            var labels = series.GetProperty("metric").EnumerateObject().OrderBy(static one => one.Name, StringComparer.Ordinal);
            var name = string.Join(",", labels.Select(static one => $"{one.Name}={one.Value.GetString()}"));
            if (series.TryGetProperty("value", out var single)) answer.Add(name, Seconds(single[0]), Value(single[1]));
            else foreach (var point in series.GetProperty("values").EnumerateArray()) answer.Add(name, Seconds(point[0]), Value(point[1]));
        }

        return answer;
    }

    private static long Seconds(JsonElement time) => QuerySamples.Ticks(time.GetDouble());

    private static double Value(JsonElement text) => text.GetString() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        var number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0,
    };

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Text(QuerySamples samples)
    {
        var text = new StringBuilder();
        foreach (var family in samples.All.GroupBy(static one => one.Labels.Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Key} unknown\n");
            foreach (var (labels, points) in family)
            {
                foreach (var (time, value) in points)
                {
                    var milliseconds = (time - DateTime.UnixEpoch.Ticks) / ExprText.Millisecond;
                    text.Append(CultureInfo.InvariantCulture, $"{labels.ToString().Replace(", ", ",", StringComparison.Ordinal)} {value:R} {milliseconds / 1000}.{milliseconds % 1000:000}\n");
                }
            }
        }

        return text.Append("# EOF\n").ToString();
    }
}
