using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Simulating;

/// <summary>Makes points that behave as asked: the test bench of a rule. Its series carry the tag <c>simulator</c>, so that nobody takes them for real.</summary>
internal sealed class SimulatorKind : SourceKind
{
    public override string Name => "simulator";

    public override string Title => "Simulator";

    public override string Help => "Makes points by a scenario, to try rules and panels with. Its series carry the tag simulator.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("scenario", "Scenario", SourceFieldType.Choice, "sine", "What the values do.") { Choices = SimulatorScenario.Names },
        new("series", "Series", SourceFieldType.Text, "simulated", "The name of the series."),
        new("count", "Series in all", SourceFieldType.Number, "1", "How many series, from 1 to 10,000; told apart by the tag n."),
        new("interval", "Interval", SourceFieldType.Duration, "1s", "How often each writes a point, from 10ms to 1h."),
        new("base", "Base", SourceFieldType.Number, "50", "The value around which it moves."),
        new("amplitude", "Amplitude", SourceFieldType.Number, "20", "How far it moves."),
        new("period", "Period", SourceFieldType.Duration, "1m", "How long one round takes: of the sine, between spikes, between drop-outs."),
        new("noise", "Noise", SourceFieldType.Number, "1", "The standard deviation of what is added by chance."),
    ];

    public override async Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var scenario = new SimulatorScenario(context.Values, seed: context.Name.Aggregate(17, static (hash, c) => unchecked(hash * 31 + c)));
        var series = Admit(context);
        using var timer = new PeriodicTimer(context.Values.Duration("interval"), context.Parts.Time);
        var began = context.Now;
        do
        {
            var now = context.Now - context.Now % TimeSpan.TicksPerMillisecond;
            await using var session = context.HastySession();
            for (var i = 0; i < series.Count; i++)
            {
                foreach (var (ticks, value) in scenario.Points(i, now - began, now))
                {
                    if (session.IsFull) await session.FlushAsync(cancellationToken).ConfigureAwait(false);
                    session.Add(series[i], ticks, value);
                }
            }

            context.State.Works($"{series.Count:N0} series, scenario {context.Values.Text("scenario")}.");
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    public override Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken) =>
        Task.FromResult($"It would write {context.Values.Number("count") / context.Values.Duration("interval").TotalSeconds:0.##} points a second.");

    protected override IEnumerable<SettingOf> Check(SourceValues values)
    {
        if (values.Number("count") is not (>= 1 and <= 10_000)) yield return new("count", "There are 1 to 10,000 series.");
        if (values.Duration("interval") < TimeSpan.FromMilliseconds(10) || values.Duration("interval") > TimeSpan.FromHours(1)) yield return new("interval", "The interval is from 10ms to 1h.");
        if (values.Number("noise") < 0) yield return new("noise", "The noise is at least 0.");
    }

    private static List<int> Admit(SourceContext context)
    {
        var all = new List<int>();
        var count = (int)context.Values.Number("count");
        for (var i = 0; i < count; i++)
        {
            List<KeyValuePair<string, string>> tags = [new("simulator", context.Name)];
            if (count > 1) tags.Add(new("n", (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            if (context.Parts.Admission.TryAdmitSeries(context.Values.Text("series"), tags, out var series, out var fault)) all.Add(series);
            else throw new InvalidOperationException(fault.Detail);
        }

        return all;
    }
}
