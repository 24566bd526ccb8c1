using System.Text;
using LiveDash.Core.Ingestion.Files;

namespace LiveDash.Core.Ingestion.Decoding.Csv;

/// <summary>
/// Rows of a growing file of CSV, one a line: a cell in quotes may hold the separator and not a line's end. The header says which column is which; each value column is a series of its own where there are several
/// (<c>name.column</c>), its numbers points and its texts states. An empty cell is no point. A row with a time that is read twice is kept once.
/// </summary>
public sealed class CsvLineDecoder : LineDecoder
{
    private readonly CsvLineMap _map;
    private readonly TimeColumn _time = new(TimeFormat.Iso);
    private readonly NumberColumn _numbers = new(false);
    // By tags and column; bounded by the number of series, and begun anew past it.
    private readonly Dictionary<(string Tags, int Column, bool IsState), int> _known = [];
    private string[]? _names;
    private char _separator;
    private int _timeAt = -1;
    private int[] _tagsAt = [];
    private int[] _valuesAt = [];
    private string? _fault;

    /// <summary>Makes a decoder for one stream.</summary>
    /// <param name="admission">What a point must be.</param>
    /// <param name="map">Which column means what.</param>
    /// <param name="header">The header, where the stream begins behind it; null where it comes first.</param>
    internal CsvLineDecoder(Admission admission, CsvLineMap map, string? header)
        : base(admission)
    {
        _map = map;
        if (header is not null) ReadHeader(header);
    }

    /// <inheritdoc/>
    public override bool OncePerValue => _map.Time.Length > 0;

    /// <inheritdoc/>
    private protected override Fault? Take(ReadOnlySpan<byte> line, long nowTicks, IngestSession session)
    {
        var text = Encoding.UTF8.GetString(line);
        if (_names is null)
        {
            ReadHeader(text);
            return null;
        }

        if (_fault is not null) return new(RejectReason.MissingField, _fault);
        if (CsvImport.ReadRows(text, _separator, 1) is not [var cells]) return new(RejectReason.BadLine, "The line is not one row of CSV.");
        if (cells.Length != _names.Length) return new(RejectReason.BadLine, $"The row has {cells.Length} cells, the header {_names.Length}.");
        var ticks = nowTicks;
        if (_timeAt >= 0 && !_time.TryRead(cells[_timeAt], nowTicks, out ticks)) return new(RejectReason.BadTime, $"'{Short(cells[_timeAt])}' is no time: ISO 8601 or milliseconds since 1970.");
        if (Admission.IsFuture(ticks, nowTicks)) return Admission.FutureFault(Short(cells[_timeAt]));
        Fault? fault = null;
        foreach (var at in _valuesAt)
        {
            if (string.IsNullOrWhiteSpace(cells[at])) continue;
            // One fault a row is told; its other cells are taken all the same.
            var found = TakeCell(cells, at, ticks, session);
            fault ??= found;
        }

        return fault;
    }

    private Fault? TakeCell(string[] cells, int at, long ticks, IngestSession session)
    {
        var cell = cells[at].Trim();
        var isNumber = _numbers.TryRead(cell, out var number);
        if (isNumber && !double.IsFinite(number)) return new(RejectReason.NotFinite, $"{Short(cell)} in {_names![at]} is not finite.");
        if (!isNumber && !Admission.KeepsText) return new(RejectReason.TextField, $"'{Short(cell)}' in {_names![at]} is not a number; texts are left out (LiveDash:Ingest:KeepText).");
        if (Find(cells, at, isNumber ? null : cell, out var series) is { } bad) return bad;
        if (isNumber)
        {
            session.Add(series, ticks, number);
            return null;
        }

        if (!Admission.TryNumber(series, cell, out var state, out var fault)) return fault;
        session.AddState(series, ticks, state);
        return null;
    }

    private Fault? Find(string[] cells, int at, string? text, out int series)
    {
        var spelled = string.Join('\0', _tagsAt.Select(tag => cells[tag]));
        if (_known.TryGetValue((spelled, at, text is not null), out series)) return null;
        var name = _valuesAt.Length == 1 ? _map.Series : $"{_map.Series}.{_names![at]}";
        List<KeyValuePair<string, string>> tags = [.. _tagsAt.Where(tag => cells[tag].Trim().Length > 0).Select(tag => KeyValuePair.Create(_names![tag], cells[tag].Trim()))];
        if (!(text is null ? Admission.TryAdmitSeries(name, tags, out series, out var fault) : Admission.TryAdmitStates(name, tags, text, out series, out fault))) return fault;
        if (_known.Count >= Admission.Limits.MaxSeries) _known.Clear();
        _known.Add((spelled, at, text is not null), series);
        return null;
    }

    private void ReadHeader(string line)
    {
        _separator = CsvText.SeparatorOf(line, out _);
        _names = CsvImport.ReadRows(line.TrimStart('\uFEFF'), _separator, 1) is [var names] ? [.. names.Select(static name => name.Trim())] : [line];
        // Without a choice every column is wanted.
        _fault = CsvColumns.Fault(_names, _map.Tags.Concat(_map.Values.Count > 0 ? _map.Values : _names).Append(_map.Time).Where(static name => name.Length > 0));
        _timeAt = _map.Time.Length == 0 ? -1 : Array.IndexOf(_names, _map.Time);
        _tagsAt = [.. _map.Tags.Select(name => Array.IndexOf(_names, name))];
        _valuesAt = _map.Values.Count > 0
            ? [.. _map.Values.Select(name => Array.IndexOf(_names, name))]
            : [.. Enumerable.Range(0, _names.Length).Where(at => at != _timeAt && !_tagsAt.Contains(at))];
    }

    private static string Short(string cell) => cell.Length <= 40 ? cell : cell[..40];
}
