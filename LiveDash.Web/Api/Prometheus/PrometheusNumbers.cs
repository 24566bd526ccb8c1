using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Functions;
using LiveDash.Core.Rules.Templates;

namespace LiveDash.Web.Api.Prometheus;

/// <summary>Times and values as Prometheus' API writes them: seconds with milliseconds behind the point where there are some, values as texts. Stateless.</summary>
internal static class PrometheusNumbers
{
    /// <summary>Writes a pair of time and value, such as <c>[1435781451.781,"1"]</c>.</summary>
    public static void WriteSample(Utf8JsonWriter writer, long ticks, string value)
    {
        writer.WriteStartArray();
        writer.WriteRawValue(Seconds(ticks), skipInputValidation: true);
        writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    /// <summary>A value in the form of samples: without an exponent.</summary>
    public static string Value(double value) => PlainNumber.Text(value);

    /// <summary>A value in the form of alerts: with an exponent, such as <c>1e+00</c>.</summary>
    public static string Exponent(double value) => GoNumber.Scientific(value);

    /// <summary>Writes labels as an object.</summary>
    public static void WriteLabels(Utf8JsonWriter writer, LabelSet labels)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in labels.Pairs) writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    /// <summary>A time in seconds since 1970.</summary>
    public static string Seconds(long ticks)
    {
        var (ms, below) = Math.DivRem(ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond);
        if (below < 0) ms--;
        var (sign, size) = ms < 0 ? ("-", -ms) : ("", ms);
        var (seconds, rest) = Math.DivRem(size, 1000);
        return rest == 0 ? string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds}") : string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds}.{rest:000}");
    }
}
