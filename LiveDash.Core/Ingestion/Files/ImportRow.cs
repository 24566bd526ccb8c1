using System.Globalization;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>Makes points of rows whose fields are text. One import, one of these; not thread-safe.</summary>
internal sealed class ImportRow
{
    // Names met so far; past this many the memory of them begins anew, which costs time alone.
    private const int MaxNames = 4096;
    private static readonly long s_year2000 = new DateTime(2000, 1, 1).Ticks;
    private readonly Admission _admission;
    private readonly ImportMap _map;
    private readonly TimeColumn _time;
    private readonly NumberColumn[] _numbers;
    private readonly NumberColumn _places;
    private readonly Dictionary<(string Series, int Value), int> _known = [];

    /// <summary>Makes one whose columns are decided.</summary>
    public ImportRow(Admission admission, ImportMap map, TimeColumn time, NumberColumn[] numbers, NumberColumn places) =>
        (_admission, _map, _time, _numbers, _places) = (admission, map, time, numbers, places);

    /// <summary>Makes one for a format whose numbers are JSON's: times are ISO 8601 or milliseconds, unless the map says otherwise.</summary>
    public ImportRow(Admission admission, ImportMap map)
        : this(
            admission, map, new TimeColumn(map.TimeFormat == TimeFormat.Auto ? TimeFormat.Iso : map.TimeFormat),
            [.. map.Values.Select(_ => new NumberColumn(map.DecimalComma ?? false))], new NumberColumn(map.DecimalComma ?? false))
    {
    }

    /// <summary>Puts one row into the session, as points or as faults.</summary>
    public void Take(ImportCells cells, long nowTicks, IngestSession session)
    {
        double x = double.NaN, y = double.NaN;
        var fault = cells.X.Length == 0 && cells.Y.Length == 0 ? null : ReadNumber(_places, cells.X, "x", out x) ?? ReadNumber(_places, cells.Y, "y", out y);
        var ticks = 0L;
        fault ??= ReadTime(cells.Time, nowTicks, out ticks);
        if (fault is { } found)
        {
            session.Reject(cells.Line, found.Reason, found.Detail);
            return;
        }

        if (_map.Values.Count == 0)
        {
            TakeValue(cells, 0, "", 1, ticks, x, y, session);
            return;
        }

        // Of several values a row may lack some, but not all.
        var lacks = _map.Values.Count > 1 && Array.Exists(cells.Values, static cell => !string.IsNullOrWhiteSpace(cell));
        for (var i = 0; i < _map.Values.Count; i++)
        {
            if (lacks && string.IsNullOrWhiteSpace(cells.Values[i])) continue;
            if (ReadNumber(_numbers[i], cells.Values[i], _map.Values.Count > 1 ? _map.Values[i] : "value", out var number) is { } bad) session.Reject(cells.Line, bad.Reason, bad.Detail);
            else TakeValue(cells, i, cells.Values[i], number, ticks, x, y, session);
        }
    }

    private void TakeValue(ImportCells cells, int value, string text, double number, long ticks, double x, double y, IngestSession session)
    {
        if (FindSeries(cells.Series, value, out var series) is { } fault)
        {
            session.Reject(cells.Line, fault.Reason, fault.Detail);
            return;
        }

        if (Math.Abs(number) >= WideIntegers.Exact && WideIntegers.IsWide(text)) session.NoteWide(series, _admission.NameOf(series), number);
        var name = string.Create(CultureInfo.InvariantCulture, $"{_map.FileId}:{cells.Line}{cells.Part}");
        // A row without a time of its own is known by what it says, too: another file of the same name is no repeat.
        var undated = _map.Time is null;
        session.Add(series, ticks, number, x, y, undated ? $"{name}:{text.Trim()}" : name, undated);
    }

    private static Fault? ReadNumber(NumberColumn column, string cell, string what, out double number)
    {
        number = 0;
        if (string.IsNullOrWhiteSpace(cell)) return new(RejectReason.MissingField, $"The cell for {what} is empty.");
        if (!column.TryRead(cell, out number))
        {
            return Decoding.JsonFaults.IsNotFiniteWord(System.Text.Encoding.UTF8.GetBytes(cell.Trim()))
                ? new(RejectReason.NotFinite, $"{Short(cell)} for {what} is not finite.")
                : new(RejectReason.BadValue, $"'{Short(cell)}' for {what} is not a number{(column.Comma ? " with a decimal comma" : "")}.");
        }

        return double.IsFinite(number) ? null : new(RejectReason.NotFinite, $"{Short(cell)} for {what} is not finite.");
    }

    private static string Short(string cell) => cell.Length <= 40 ? cell.Trim() : cell[..40];

    private Fault? ReadTime(string text, long nowTicks, out long ticks)
    {
        var cell = text.AsSpan().Trim();
        ticks = _map.DefaultTicks == 0 ? nowTicks : _map.DefaultTicks;
        if (_map.Time is null) return null;
        if (cell.IsEmpty) return new(RejectReason.MissingField, "The cell for the time is empty.");
        if (!_time.TryRead(cell, nowTicks, out ticks)) return new(RejectReason.BadTime, BadTime(text));
        if (_map.AllowOld) return null;
        if (ticks < s_year2000)
        {
            return new(RejectReason.Before2000, $"The time {Short(text)} is {TimeText.Format(ticks)}, before 2000{Looks(cell)}; allowOld=true takes such times.");
        }

        return _admission.IsFuture(ticks, nowTicks)
            ? new(RejectReason.Future, $"The time {Short(text)} is {TimeText.Format(ticks)}, more than {_admission.Limits.MaxAhead:c} ahead of the clock (LiveDash:Limits:MaxAhead); allowOld=true takes such times.")
            : null;
    }

    private string BadTime(string text) => _time.Format switch
    {
        TimeFormat.Dmy => $"'{Short(text)}' is not a time with the day first, as the column's others.",
        TimeFormat.Mdy => $"'{Short(text)}' is not a time with the month first, as the column's others.",
        TimeFormat.Iso when TimeColumn.IsDayAndMonth(text) => $"'{Short(text)}' is not a time for certain; timeFormat=dmy or mdy says which comes first.",
        TimeFormat.Iso => $"'{Short(text)}' is not a time that says its year, month and day, such as 2025-11-09T10:00:00Z.",
        var other => $"'{Short(text)}' is not a time in the form {other.ToString().ToLowerInvariant()}, as the column's others.",
    };

    private string Looks(ReadOnlySpan<char> cell) =>
        _time.Format == TimeFormat.Iso && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && EpochUnits.Guess(number) is { } unit && unit != EpochUnit.Ms
            ? $"; it looks like {EpochUnits.Name(unit)} (timeFormat={unit.ToString().ToLowerInvariant()})"
            : "";

    private Fault? FindSeries(string cell, int value, out int series)
    {
        if (_map.SeriesColumn is null) cell = "";
        if (_known.TryGetValue((cell, value), out series)) return null;
        var text = _map.SeriesColumn is null ? _map.Series : cell.Trim();
        series = -1;
        if (!SeriesKey.TryParse(text, out var key)) return new(RejectReason.BadName, "A series is name or name{tag=value}.");
        var name = _map.Values.Count > 1 ? $"{key!.Name}.{FilePreview.SeriesOf(_map.Values[value] + ".")}" : key!.Name;
        if (!_admission.TryAdmitSeries(name, [.. key.Tags], out series, out var fault)) return fault;
        if (_known.Count >= MaxNames) _known.Clear();
        _known.Add((cell, value), series);
        return null;
    }
}
