using System.Buffers;
using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Reading;

/// <summary>
/// Comma-separated values after RFC 4180 with a line of names first: <c>id,series,tags,t,value,x,y</c> in the order of the fields, the location
/// as two columns, the value of a state as its text, tags as <c>host=a;zone=b</c>. A name that a spreadsheet would take for a formula gets an apostrophe before it.
/// Not thread-safe.
/// </summary>
internal sealed class CsvWriter(SeriesCatalog catalog, IReadOnlyList<PointField> fields) : PointWriter
{
    private const int RestOfRow = 256;
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");

    private readonly PointField[] _fields = [.. fields];
    private readonly Dictionary<int, byte[]> _names = [];
    private readonly Dictionary<int, byte[]> _tags = [];
    private readonly StateCells _states = new(catalog, static text => Encoding.UTF8.GetBytes(Cell(text)));
    private readonly Utf8Clock _clock = new();
    private int _series = -1;
    private byte[] _name = [];
    private byte[] _tag = [];

    /// <inheritdoc/>
    public override string ContentType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public override int WriteHead(Span<byte> destination)
    {
        var names = _fields.Select(static field => field switch
        {
            PointField.Id => "id",
            PointField.Series => "series",
            PointField.Tags => "tags",
            PointField.T => "t",
            PointField.Value => "value",
            _ => "x,y",
        });
        return Encoding.UTF8.GetBytes(string.Join(',', names) + "\r\n", destination);
    }

    /// <inheritdoc/>
    public override int Write(in PointBlock block, ref int row, int last, Span<byte> destination)
    {
        var ids = block.Ids.Span;
        var series = block.Series.Span;
        var times = block.Times.Span;
        var values = block.Values.Span;
        var xs = block.X.Span;
        var ys = block.Y.Span;
        var at = 0;
        for (; row < last; row++)
        {
            if (series[row] != _series) Select(series[row]);
            var state = _states.Of(values[row]);
            if (destination.Length - at < _name.Length + _tag.Length + state.Length + RestOfRow) break;
            foreach (var field in _fields)
            {
                var rest = destination[at..];
                at += field switch
                {
                    PointField.Id => Utf8Text.Write(ids[row], rest),
                    PointField.Series => Copy(_name, rest),
                    PointField.Tags => Copy(_tag, rest),
                    PointField.T => _clock.Write(times[row], rest),
                    PointField.Value when !state.IsEmpty => Copy(state, rest),
                    PointField.Value => Utf8Text.Write(values[row], rest),
                    _ => xs.IsEmpty || double.IsNaN(xs[row]) ? Comma(rest) : Location(xs[row], ys[row], rest),
                };
                destination[at++] = (byte)',';
            }

            // The last comma becomes the line's end.
            destination[at - 1] = (byte)'\r';
            destination[at++] = (byte)'\n';
        }

        return at;
    }

    /// <summary>One cell, made safe for spreadsheets and quoted where it must be.</summary>
    internal static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n') text = "'" + text;
        return text.AsSpan().ContainsAny(s_quoted) ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
    }

    private static int Copy(ReadOnlySpan<byte> cell, Span<byte> destination)
    {
        cell.CopyTo(destination);
        return cell.Length;
    }

    private static int Comma(Span<byte> destination)
    {
        destination[0] = (byte)',';
        return 1;
    }

    private static int Location(double x, double y, Span<byte> destination)
    {
        var length = Utf8Text.Write(x, destination);
        destination[length++] = (byte)',';
        return length + Utf8Text.Write(y, destination[length..]);
    }

    private void Select(int series)
    {
        _series = series;
        _states.Select(series);
        if (_names.TryGetValue(series, out _name!))
        {
            _tag = _tags[series];
            return;
        }

        var key = catalog[series];
        _names[series] = _name = Encoding.UTF8.GetBytes(Cell(key.Name));
        _tags[series] = _tag = Encoding.UTF8.GetBytes(Cell(string.Join(';', key.Tags.Select(static tag => tag.Key + "=" + tag.Value))));
    }
}
