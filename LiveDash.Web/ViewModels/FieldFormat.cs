using System.Globalization;
using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Web.ViewModels;

/// <summary>How a panel writes its values: what they measure, a unit in a person's own words, and how many places. Immutable.</summary>
/// <param name="Unit">What they measure.</param>
/// <param name="Suffix">A unit that only the person knows; it stands behind the plain number. Null for none.</param>
/// <param name="Decimals">How many places; null for about three digits in all.</param>
public sealed record FieldFormat(ValueUnit Unit, string? Suffix = null, int? Decimals = null)
{
    /// <summary>The units to choose from, by what they are called.</summary>
    public static IReadOnlyList<(ValueUnit Unit, string Name)> Choices { get; } =
    [
        (ValueUnit.Number, "Number (1,204)"), (ValueUnit.Percent, "Percent (0 to 100)"), (ValueUnit.Ratio, "Percent (0 to 1)"), (ValueUnit.Bytes, "Bytes (KiB, MiB)"),
        (ValueUnit.BytesPerSecond, "Bytes a second"), (ValueUnit.BitsPerSecond, "Bits a second"), (ValueUnit.PerSecond, "A second (1/s)"), (ValueUnit.Seconds, "Seconds"),
        (ValueUnit.Milliseconds, "Milliseconds"), (ValueUnit.Microseconds, "Microseconds"), (ValueUnit.Nanoseconds, "Nanoseconds"), (ValueUnit.Celsius, "Celsius"),
        (ValueUnit.Hertz, "Hertz"), (ValueUnit.Volt, "Volt"), (ValueUnit.Watt, "Watt"), (ValueUnit.Ampere, "Ampere"),
    ];

    /// <summary>What a panel's configuration makes of a unit that the series suggest.</summary>
    public static FieldFormat Of(FieldConfig fields, ValueUnit suggested) =>
        fields.Unit is null ? new(suggested, null, fields.Decimals)
        : Known(fields.Unit) is { } unit ? new(unit, null, fields.Decimals)
        : new(ValueUnit.Number, fields.Unit, fields.Decimals);

    /// <summary>The unit of a name such as <c>bytesPerSecond</c>; null for a word of a person's own.</summary>
    public static ValueUnit? Known(string? name) =>
        name is not null && !name.Any(char.IsAsciiDigit) && Enum.TryParse<ValueUnit>(name, ignoreCase: true, out var unit) && Enum.IsDefined(unit) ? unit : null;

    /// <summary>Writes a value.</summary>
    public FormattedValue Format(double value) =>
        Suffix is null ? ValueFormat.Format(value, Unit, Decimals)
        : double.IsFinite(value) ? new(ValueFormat.Digits(value, Decimals), Suffix)
        : new(ValueFormat.None, "");

    /// <summary>A short duration in words, such as <c>15 min</c> or <c>3 min 47 s</c>.</summary>
    public static string Duration(TimeSpan duration)
    {
        var (large, small) = duration switch
        {
            { TotalDays: >= 2 } => ($"{(int)duration.TotalDays} d", duration.Hours > 0 ? $"{duration.Hours} h" : ""),
            { TotalHours: >= 1 } => ($"{(int)duration.TotalHours} h", duration.Minutes > 0 ? $"{duration.Minutes} min" : ""),
            { TotalMinutes: >= 1 } => ($"{(int)duration.TotalMinutes} min", duration.Seconds > 0 ? $"{duration.Seconds} s" : ""),
            _ => (string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalSeconds} s"), ""),
        };
        return small.Length == 0 ? large : $"{large} {small}";
    }
}
