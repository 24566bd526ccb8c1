using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Ingestion.Sources.Files;

/// <summary>Plays stored points again, as if they came now, at a speed: to see what a rule or a panel would have shown. The copies carry the tag <c>replay</c>.</summary>
internal sealed class ReplayKind : SourceKind
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);

    public override string Name => "replay";

    public override string Title => "Replay of stored points";

    public override string Help => "Plays stored points again as if they came now, faster or slower. The copies carry the tag replay.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("series", "Series", SourceFieldType.Text, "", "A pattern, such as cpu.* or room.temp{room=*}.") { IsRequired = true },
        new("from", "From", SourceFieldType.Text, "now-1h", "ISO 8601, or such as now-1h."),
        new("to", "To", SourceFieldType.Text, "now", "ISO 8601, or such as now."),
        new("speed", "Speed", SourceFieldType.Number, "1", "1 as it came, 10 ten times as fast; from 0.01 to 10,000."),
        new("loop", "Again and again", SourceFieldType.Flag, "false", "Whether it begins anew at its end."),
    ];

    public override async Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        do await PlayAsync(context, cancellationToken).ConfigureAwait(false);
        while (context.Values.Flag("loop"));
    }

    public override Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken) =>
        Task.FromResult($"{Find(context).Count:N0} series match.");

    protected override IEnumerable<SettingOf> Check(SourceValues values)
    {
        if (!SeriesPattern.TryParse(values.Text("series"), out _)) yield return new("series", "The pattern is such as cpu.* or room.temp{room=*}.");
        foreach (var key in new[] { "from", "to" })
        {
            if (!TimeText.TryParse(values.Text(key), DateTime.UnixEpoch.Ticks, out _)) yield return new(key, "A time is ISO 8601 or such as now-1h.");
        }

        if (values.Number("speed") is not (>= 0.01 and <= 10_000)) yield return new("speed", "The speed is from 0.01 to 10,000.");
    }

    private static List<int> Find(SourceContext context) => SeriesPattern.TryParse(context.Values.Text("series"), out var pattern)
        ? [.. context.Parts.Catalog.Match(pattern!).Where(series => context.Parts.Catalog[series].Tag("replay") is null)]
        : [];

    private static async Task PlayAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var now = context.Now;
        TimeText.TryParse(context.Values.Text("from"), now, out var from);
        TimeText.TryParse(context.Values.Text("to"), now, out var to);
        var speed = context.Values.Number("speed");
        var copies = new Dictionary<int, int>();
        foreach (var series in Find(context))
        {
            var key = context.Parts.Catalog[series];
            List<KeyValuePair<string, string>> tags = [.. key.Tags, new("replay", context.Name)];
            var words = context.Parts.Catalog.States.ContentOf(series) == SeriesContent.States ? context.Parts.Catalog.States.WordsOf(key).Texts : null;
            var isAdmitted = words is [var first, ..]
                ? context.Parts.Admission.TryAdmitStates(key.Name, tags, first, out var copy, out var fault)
                : context.Parts.Admission.TryAdmitSeries(key.Name, tags, out copy, out fault);
            if (isAdmitted) copies.Add(series, copy);
            else throw new InvalidOperationException(fault.Detail);
        }

        if (copies.Count == 0) throw new InvalidOperationException("No stored series matches.");
        var query = new PointQuery { Series = [.. copies.Keys], Range = new TimeRange(from, to) };
        await using var session = context.Session();
        long played = 0;
        await foreach (var block in context.Parts.Store.ScanAsync(query, cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < block.Count; i++)
            {
                var due = now + (long)((block.Times.Span[i] - from) / speed);
                while (due > context.Now)
                {
                    await session.FlushAsync(cancellationToken).ConfigureAwait(false);
                    context.State.Works($"{played:N0} points played.");
                    var wait = TimeSpan.FromTicks(Math.Min(due - context.Now, s_tick.Ticks));
                    if (wait > TimeSpan.Zero) await Task.Delay(wait, context.Parts.Time, cancellationToken).ConfigureAwait(false);
                }

                if (session.IsFull) await session.FlushAsync(cancellationToken).ConfigureAwait(false);
                var (series, value) = (block.Series.Span[i], block.Values.Span[i]);
                var copy = copies[series];
                played++;
                if (context.Parts.Catalog.States.Find(context.Parts.Catalog[series])?.TextOf(value) is { } text)
                {
                    if (context.Parts.Admission.TryNumber(copy, text, out var state, out var fault)) session.AddState(copy, due, state);
                    else session.Reject(1, fault.Reason, fault.Detail);
                    continue;
                }

                session.Add(copy, due, value, block.X.Length > 0 ? block.X.Span[i] : double.NaN, block.Y.Length > 0 ? block.Y.Span[i] : double.NaN);
            }
        }
    }
}
