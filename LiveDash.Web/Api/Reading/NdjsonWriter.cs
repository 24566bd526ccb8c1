using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Reading;

/// <summary>
/// A JSON object a line (<c>application/x-ndjson</c>), its members in the order of the fields:
/// <c>{"id":7,"series":"coords","tags":{"zone":"a"},"t":"2026-11-21T09:30:00.500Z","value":0,"pt":[1,2]}</c>.
/// Tags and location are left out where there are none; the value of a state is its text. Not thread-safe.
/// </summary>
internal sealed class NdjsonWriter(SeriesCatalog catalog, IReadOnlyList<PointField> fields) : PointWriter
{
    // Everything in a row but its name and tags: 20 + 28 + 26 + 2 * 26 digits, quotes, names and commas.
    private const int RestOfRow = 256;

    private readonly PointField[] _fields = [.. fields];
    private readonly Dictionary<int, byte[]> _names = [];
    private readonly Dictionary<int, byte[]> _tags = [];
    private readonly StateCells _states = new(catalog, static text => Encoding.UTF8.GetBytes(SeriesJson.Quote(text)));
    private readonly Utf8Clock _clock = new();
    private int _series = -1;
    private byte[] _name = [];
    private byte[] _tag = [];

    /// <inheritdoc/>
    public override string ContentType => "application/x-ndjson";

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
            var rest = destination[at..];
            var length = 0;
            foreach (var field in _fields)
            {
                // A comma or the opening brace: overwritten by the first member that is there.
                rest[length] = (byte)',';
                length += field switch
                {
                    PointField.Id => Member("\"id\":"u8, ids[row], rest[(length + 1)..]),
                    PointField.Series => Copy(_name, rest[(length + 1)..]),
                    PointField.Tags => Copy(_tag, rest[(length + 1)..]),
                    PointField.T => Time(times[row], rest[(length + 1)..]),
                    PointField.Value when !state.IsEmpty => State(state, rest[(length + 1)..]),
                    PointField.Value => Number(values[row], rest[(length + 1)..]),
                    _ => xs.IsEmpty || double.IsNaN(xs[row]) ? 0 : Location(xs[row], ys[row], rest[(length + 1)..]),
                };
            }

            rest[0] = (byte)'{';
            if (length == 0) length = 1;
            rest[length++] = (byte)'}';
            rest[length++] = (byte)'\n';
            at += length;
        }

        return at;
    }

    // Each member's length counts the comma before it, which the caller wrote.
    private static int Member(ReadOnlySpan<byte> name, long value, Span<byte> destination)
    {
        name.CopyTo(destination);
        return 1 + name.Length + Utf8Text.Write(value, destination[name.Length..]);
    }

    private static int Copy(byte[] member, Span<byte> destination)
    {
        if (member.Length == 0) return 0;
        member.CopyTo(destination);
        return 1 + member.Length;
    }

    private static int Number(double value, Span<byte> destination)
    {
        "\"value\":"u8.CopyTo(destination);
        return 1 + 8 + Utf8Text.Write(value, destination[8..]);
    }

    private static int State(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        "\"value\":"u8.CopyTo(destination);
        text.CopyTo(destination[8..]);
        return 1 + 8 + text.Length;
    }

    private static int Location(double x, double y, Span<byte> destination)
    {
        "\"pt\":["u8.CopyTo(destination);
        var length = 6;
        length += Utf8Text.Write(x, destination[length..]);
        destination[length++] = (byte)',';
        length += Utf8Text.Write(y, destination[length..]);
        destination[length++] = (byte)']';
        return 1 + length;
    }

    private int Time(long ticks, Span<byte> destination)
    {
        "\"t\":\""u8.CopyTo(destination);
        var length = 5 + _clock.Write(ticks, destination[5..]);
        destination[length] = (byte)'"';
        return 1 + length + 1;
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
        _names[series] = _name = Encoding.UTF8.GetBytes(SeriesJson.Name(key));
        _tags[series] = _tag = Encoding.UTF8.GetBytes(SeriesJson.Tags(key));
    }
}
