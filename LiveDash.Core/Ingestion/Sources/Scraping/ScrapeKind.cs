using System.Text.RegularExpressions;
using LiveDash.Core.Ingestion.Decoding.Prometheus;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Sources.Scraping;

/// <summary>Scrapes Prometheus exporters. See <see cref="ScrapeTarget"/> for what one scrape does.</summary>
internal sealed class ScrapeKind : SourceKind, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public override string Name => "scrape";

    public override string Title => "Prometheus exporter";

    public override string Help => "Asks exporters for their metrics, as Prometheus does: text format and OpenMetrics.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("targets", "Targets", SourceFieldType.Lines, "", "Addresses, one a line: http://127.0.0.1:9100/metrics; without a path /metrics.") { IsRequired = true },
        new("job", "Job", SourceFieldType.Text, "", "The label job; the source's name where nothing is said."),
        new("interval", "Interval", SourceFieldType.Duration, "15s", "How often, from 1s to 1h."),
        new("timeout", "Timeout", SourceFieldType.Duration, "", "For how long one answer may take; at most the interval. Without it 10s, or the interval where that is shorter."),
        new("labels", "Labels", SourceFieldType.Lines, "", "Added to every series, one a line: zone=a."),
        new("keep", "Keep", SourceFieldType.Lines, "", "Only what matches, one pattern a line: node_(cpu|memory).* for names, job=web.* for a label."),
        new("drop", "Drop", SourceFieldType.Lines, "", "What matches is left out, in the same notation: go_.*"),
    ];

    public void Dispose() => _client.Dispose();

    public override Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var targets = Targets(context);
        return Task.WhenAll(targets.Select(target => target.RunAsync(context.Values.Duration("interval"), cancellationToken)));
    }

    public override async Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        foreach (var target in Targets(context).Take(10)) said.Add(await target.TestAsync(cancellationToken).ConfigureAwait(false));
        return string.Join(' ', said);
    }

    protected override IEnumerable<SettingOf> Check(SourceValues values)
    {
        var targets = values.Lines("targets");
        if (targets.Count > 100) yield return new("targets", "There may be 100 targets in one source.");
        foreach (var target in targets.Where(static target => Address(target) is null)) yield return new("targets", $"'{target}' is no address such as http://127.0.0.1:9100/metrics.");
        if (values.Duration("interval") < TimeSpan.FromSeconds(1) || values.Duration("interval") > TimeSpan.FromHours(1)) yield return new("interval", "The interval is from 1s to 1h.");
        if (Patience(values) > values.Duration("interval")) yield return new("timeout", "The timeout is at most the interval.");
        foreach (var line in values.Lines("labels").Where(static line => line.IndexOf('=', StringComparison.Ordinal) < 1)) yield return new("labels", $"'{line}' is no name=text.");
        foreach (var key in new[] { "keep", "drop" })
        {
            foreach (var line in values.Lines(key).Where(static line => Rule(line) is null)) yield return new(key, $"'{line}' is no pattern that can be matched without going back.");
        }
    }

    private IReadOnlyList<ScrapeTarget> Targets(SourceContext context)
    {
        var values = context.Values;
        var keep = values.Lines("keep").Select(static line => Rule(line)!.Value).ToList();
        var drop = values.Lines("drop").Select(static line => Rule(line)!.Value).ToList();
        var job = values.Text("job") is { Length: > 0 } said ? said : context.Name;
        return [.. values.Lines("targets").Select(line =>
        {
            var address = Address(line)!;
            var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["job"] = job, ["instance"] = address.Authority };
            foreach (var (key, value) in values.Pairs("labels")) labels[key] = value;
            return new ScrapeTarget(address, Patience(values), new ScrapeNames(context.Parts.Admission, [.. labels], keep, drop), context, _client);
        })];
    }

    // As Prometheus has it: an interval that is short needs no timeout beside it.
    private static TimeSpan Patience(SourceValues values)
    {
        if (values.Text("timeout").Length > 0) return values.Duration("timeout");
        var interval = values.Duration("interval");
        return interval < s_patience ? interval : s_patience;
    }

    private static Uri? Address(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal)) text = "http://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        return uri.AbsolutePath == "/" && !text.EndsWith('/') ? new Uri(uri, "/metrics") : uri;
    }

    // Anchored, as Prometheus' own are.
    private static (string Label, Regex Pattern)? Rule(string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        var isLabel = equals > 0 && line[..equals].All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
        var (label, pattern) = isLabel ? (line[..equals], line[(equals + 1)..]) : ("__name__", line);
        try
        {
            return (label, LinearPattern.Compile($"^(?:{pattern})$"));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
