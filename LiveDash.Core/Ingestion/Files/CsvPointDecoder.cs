using System.Buffers;
using LiveDash.Core.Ingestion.Decoding;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// Points in CSV, a row a point, by an <see cref="ImportMap"/>. It is pushed bytes cut anywhere, as every decoder is; a CSV library would pull from a reader.
/// A mapped column that the header lacks refuses the file in its first line.
/// </summary>
public sealed class CsvPointDecoder : StreamDecoder
{
    private readonly int _maxBytes;
    private readonly ImportMap _map;
    private readonly ImportRow _row;
    private readonly CsvFramer _framer;
    private readonly CsvRecord _record = new();
    private byte _separator;
    private bool _refused;
    private (int Series, int Time, int Value, int X, int Y) _columns;

    internal CsvPointDecoder(Admission admission, ImportMap map)
    {
        _maxBytes = admission.Limits.MaxLineBytes;
        _map = map;
        _row = new ImportRow(admission, map);
        _framer = new CsvFramer(_maxBytes);
    }

    /// <inheritdoc/>
    public override SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        if (_refused) return buffer.End;
        while (!session.IsFull && !_refused)
        {
            var status = _framer.Next(ref buffer, isLast, out var record);
            if (status == LineStatus.NeedMore) return buffer.Start;
            if (status == LineStatus.TooLong)
            {
                session.Reject(_framer.Line, RejectReason.LineTooLong, $"The row is longer than {_maxBytes} bytes (LiveDash:Limits:MaxLineBytes), or a quote is not closed.");
            }
            else if (_separator == 0)
            {
                ReadHeader(record, session);
            }
            else if (!record.Trim(" \t"u8).IsEmpty)
            {
                _record.Read(record, _separator);
                _row.Take(
                    _framer.Line, _record[_columns.Series], _record[_columns.Time], _map.Value is not null, _record[_columns.Value], _record[_columns.X], _record[_columns.Y],
                    nowTicks, session);
            }
        }

        return buffer.Start;
    }

    private void ReadHeader(ReadOnlySpan<byte> header, IngestSession session)
    {
        if (header.StartsWith("\uFEFF"u8)) header = header[3..];
        _separator = CsvRecord.FindSeparator(header);
        _record.Read(header, _separator);
        var names = Array.ConvertAll(_record.ToTexts(), static name => name.Trim());
        foreach (var wanted in new[] { _map.SeriesColumn, _map.Time, _map.Value, _map.X, _map.Y })
        {
            if (wanted is null || names.Contains(wanted)) continue;
            session.Reject(1, RejectReason.MissingField, $"No column is called '{wanted}'; there are {string.Join(", ", names)}.");
            _refused = true;
            return;
        }

        _columns = (Find(_map.SeriesColumn), Find(_map.Time), Find(_map.Value), Find(_map.X), Find(_map.Y));

        int Find(string? name) => name is null ? -1 : Array.IndexOf(names, name);
    }
}
