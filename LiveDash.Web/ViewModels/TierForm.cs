using LiveDash.Core.Storage;

namespace LiveDash.Web.ViewModels;

/// <summary>How the series of a pattern are downsampled, as fields of their own. It reads all that can be written, and writes what <see cref="StorageTiers"/> reads; a number that is none is written as it is, so that the reader names the fault. Immutable.</summary>
/// <param name="Series">The pattern as typed.</param>
/// <param name="Lines">The tiers, from the finest.</param>
public sealed record TierForm(string Series, IReadOnlyList<TierLine> Lines)
{
    /// <summary>The units of ages, as they are written and as they are said.</summary>
    public static IReadOnlyList<(string Unit, string Text)> Units { get; } = [("s", "seconds"), ("m", "minutes"), ("h", "hours"), ("d", "days"), ("w", "weeks"), ("y", "years")];

    /// <summary>The steps that are offered.</summary>
    public static IReadOnlyList<string> Steps { get; } = ["raw", "1s", "10s", "1m", "5m", "15m", "1h", "6h", "1d"];

    /// <summary>What a new pattern begins with.</summary>
    public static TierForm Usual { get; } = new("", [new("raw", "7", "d"), new("1m", "90", "d"), new("1h", "2", "y")]);

    /// <summary>Reads settings; tiers that cannot be read are left out.</summary>
    public static TierForm From(TierSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        StorageTiers.TryRead(setting.Keep, out var tiers);
        return new(setting.Series, [.. tiers.Select(static tier => Line(tier))]);
    }

    /// <summary>The settings as typed.</summary>
    public TierSetting ToSetting() => new() { Series = Series.Trim(), Keep = string.Join(", ", Lines.Select(static line => $"{line.Step} for {line.Number.Trim()}{line.Unit}")) };

    /// <summary>One more tier: the next coarser step, for twice as long.</summary>
    public TierForm More()
    {
        var last = Lines.Count > 0 ? Lines[^1] : new("raw", "7", "d");
        var place = Steps.ToList().IndexOf(last.Step);
        var step = Steps[Math.Clamp(place + 1, 0, Steps.Count - 1)];
        return this with { Lines = Lines.Count == 0 ? [last] : [.. Lines, last with { Step = step, Number = int.TryParse(last.Number, out var number) ? $"{2L * number}" : last.Number }] };
    }

    /// <summary>Another line in the place of one.</summary>
    public TierForm With(int place, TierLine line) => this with { Lines = [.. Lines.Select((one, i) => i == place ? line : one)] };

    /// <summary>Without a line.</summary>
    public TierForm Without(int place) => this with { Lines = [.. Lines.Where((_, i) => i != place)] };

    private static TierLine Line(StorageTier tier)
    {
        var keep = StorageTiers.Text(tier.Keep);
        return new(tier.Step == 0 ? "raw" : StorageTiers.Text(tier.Step), keep[..^1], keep[^1..]);
    }
}
