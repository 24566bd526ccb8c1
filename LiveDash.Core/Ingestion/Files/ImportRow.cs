using System.Buffers.Text;
using System.Globalization;
using System.Text;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>Makes points of rows whose fields are text. One import, one of these; not thread-safe.</summary>
internal sealed class ImportRow(Admission admission, ImportMap map)
{
    private readonly SeriesByteCache _cache = new(4096);
    private int _constant = -1;

    /// <summary>Puts one row into the session, as a point or as a fault.</summary>
    /// <param name="line">Its line or number, which is told and makes its id.</param>
    /// <param name="series">The cell that names the series; empty for the map's.</param>
    /// <param name="time">The cell with the time; empty for the map's.</param>
    /// <param name="value">The cell with the value; null where no column has it.</param>
    /// <param name="x">The cell with x.</param>
    /// <param name="y">The cell with y; both empty for a point without a location.</param>
    /// <param name="nowTicks">The clock.</param>
    /// <param name="session">Takes it.</param>
    public void Take(
        long line, ReadOnlySpan<byte> series, ReadOnlySpan<byte> time, bool hasValue, ReadOnlySpan<byte> value, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y,
        long nowTicks, IngestSession session)
    {
        var number = 1.0;
        double px = double.NaN, py = double.NaN;
        Fault? fault = null;
        if (hasValue) fault = ReadNumber(value, "value", out number);
        if (fault is null && !(x.IsEmpty && y.IsEmpty)) fault = ReadNumber(x, "x", out px) ?? ReadNumber(y, "y", out py);
        fault ??= ReadTime(time, nowTicks, out var ticks) ?? FindSeries(series, out _);
        if (fault is { } found)
        {
            session.Reject(line, found.Reason, found.Detail);
            return;
        }

        ReadTime(time, nowTicks, out ticks);
        FindSeries(series, out var id);
        session.Add(id, ticks, number, px, py, string.Create(CultureInfo.InvariantCulture, $"{map.FileId}:{line}"));
    }

    /// <summary>Reads a time as an import takes it: <see cref="TimeText"/>, or a date as programs of the invariant culture write it, in UTC.</summary>
    internal static bool TryTime(ReadOnlySpan<byte> cell, long nowTicks, out long ticks)
    {
        if (TimeText.TryParse(cell, nowTicks, out ticks)) return true;
        if (!DateTime.TryParse(Encoding.UTF8.GetString(cell), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)) return false;
        ticks = date.Ticks;
        return true;
    }

    private static Fault? ReadNumber(ReadOnlySpan<byte> cell, string what, out double number)
    {
        number = 0;
        cell = cell.Trim(" \t"u8);
        if (cell.IsEmpty) return new(RejectReason.MissingField, $"The cell for {what} is empty.");
        if (cell[0] == '+') cell = cell[1..];
        if (!Utf8Parser.TryParse(cell, out number, out var used) || used != cell.Length) return new(RejectReason.BadValue, $"'{Short(cell)}' for {what} is not a number.");
        return double.IsFinite(number) ? null : new(RejectReason.NotFinite, $"{Short(cell)} for {what} is not finite.");
    }

    private static string Short(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, 40)]);

    private Fault? ReadTime(ReadOnlySpan<byte> cell, long nowTicks, out long ticks)
    {
        cell = cell.Trim(" \t"u8);
        ticks = map.DefaultTicks == 0 ? nowTicks : map.DefaultTicks;
        if (cell.IsEmpty) return map.Time is null ? null : new(RejectReason.MissingField, "The cell for the time is empty.");
        if (!TryTime(cell, nowTicks, out ticks)) return new(RejectReason.BadTime, $"'{Short(cell)}' is not a time.");
        return admission.IsFuture(ticks, nowTicks) ? admission.FutureFault(Short(cell)) : null;
    }

    private Fault? FindSeries(ReadOnlySpan<byte> cell, out int series)
    {
        series = _constant;
        if (map.SeriesColumn is null)
        {
            if (series >= 0) return null;
            var fault = Admit(map.Series, out series);
            _constant = series;
            return fault;
        }

        if (_cache.TryGet(cell, default, out series)) return null;
        var refused = Admit(Encoding.UTF8.GetString(cell), out series);
        if (refused is null) _cache.Add(cell, default, series);
        return refused;
    }

    private Fault? Admit(string text, out int series)
    {
        series = -1;
        if (!SeriesKey.TryParse(text.Trim(), out var key)) return new(RejectReason.BadName, "A series is name or name{tag=value}.");
        return admission.TryAdmitSeries(key!.Name, [.. key.Tags], out series, out var fault) ? null : fault;
    }
}
