using System.Buffers.Binary;
using System.Text;
using LiveDash.Core.Engine;

namespace LiveDash.Core.Live;

/// <summary>
/// Writes one frame: what every changed panel of a page needs, in one binary message that the browser reads through typed arrays.
/// All numbers are little-endian; every 8-byte number lies on a multiple of 8 from the frame's first byte. Times are epoch milliseconds.
/// <code>
/// frame    = magic:u32 'LDF1' | sequence:u32 | now:f64 | panels:u32 | reserved:u32 | panel*
/// panel    = id:u32 | kind:u16 | flags:u16 (1: forget what was sent before) | length:u32 (of what follows, a multiple of 8) | reserved:u32 | payload
/// stat     = value:f64 | time:f64 | columns | texts: number, unit, detail, over, and "state" for a word in the place of a number
/// chart    = from:f64 | to:f64 (0: live, then from is minus the span) | width:f64 | lines:u32 | sets:u32 | columns* | named:u32 | more:u32 | colour:f64[named] | texts: head, key, labels[named], series[named] and what a line has of its own, only after a reset
/// located  = lost:f64 | old:u32 | fresh:u32 | x:f64[old] | y:f64[old] | x:f64[fresh] | y:f64[fresh]
/// rows     = rows:u32 | sets:u32 | (series:f64 value:f64 time:f64)* | columns* | texts: a value each
/// columns  = slot:u32 | count:u32 | start:f64[count] | first:f64[count] | min:f64[count] | max:f64[count] | last:f64[count] | mean:f64[count] | points:f64[count]
/// texts    = count:u32 | (bytes:u32 | utf8)* | padding to a multiple of 8
/// </code>
/// Not thread-safe; used again for the next frame. It grows to the largest frame and stays so.
/// </summary>
public sealed class FrameWriter
{
    /// <summary>The first four bytes of a frame: <c>LDF1</c>.</summary>
    public const uint Magic = 0x3146444C;

    private const int HeaderLength = 24;
    private const int PanelHeaderLength = 16;
    private const long EpochTicks = 621_355_968_000_000_000;
    private byte[] _buffer = new byte[4096];
    private int _length = HeaderLength;
    private int _panel;
    private int _panels;

    /// <summary>How many panels stand in it.</summary>
    public int Panels => _panels;

    /// <summary>UTC ticks as epoch milliseconds.</summary>
    public static double ToMilliseconds(long ticks) => (ticks - EpochTicks) / (double)TimeSpan.TicksPerMillisecond;

    /// <summary>Begins a frame.</summary>
    public void Begin()
    {
        _length = HeaderLength;
        _panels = 0;
    }

    /// <summary>Begins a panel's section.</summary>
    public void BeginPanel(int id, FrameKind kind, bool reset)
    {
        _panel = _length;
        var header = Take(PanelHeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(header, id);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)kind);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], reset ? (ushort)1 : (ushort)0);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], 0);
    }

    /// <summary>Ends the section.</summary>
    public void EndPanel()
    {
        Pad();
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_panel + 8), _length - _panel - PanelHeaderLength);
        _panels++;
    }

    /// <summary>Ends the frame.</summary>
    /// <param name="sequence">The frame's number.</param>
    /// <param name="nowTicks">The server's clock, by which live charts scroll.</param>
    /// <returns>The frame's bytes, in an array of their own: the transport keeps it until it is sent.</returns>
    public byte[] Finish(uint sequence, long nowTicks)
    {
        var header = _buffer.AsSpan(0, HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], sequence);
        BinaryPrimitives.WriteDoubleLittleEndian(header[8..], ToMilliseconds(nowTicks));
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], _panels);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], 0);
        return _buffer.AsSpan(0, _length).ToArray();
    }

    /// <summary>Writes a number.</summary>
    public void Write(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    /// <summary>Writes two counts, so that the next number lies on a multiple of 8.</summary>
    public void Write(int first, int second)
    {
        var to = Take(8);
        BinaryPrimitives.WriteInt32LittleEndian(to, first);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], second);
    }

    /// <summary>Writes columns.</summary>
    public void Write(int slot, ReadOnlySpan<ChartColumn> columns)
    {
        Write(slot, columns.Length);
        foreach (ref readonly var column in columns) Write(ToMilliseconds(column.Start));
        foreach (ref readonly var column in columns) Write(column.First);
        foreach (ref readonly var column in columns) Write(column.Min);
        foreach (ref readonly var column in columns) Write(column.Max);
        foreach (ref readonly var column in columns) Write(column.Last);
        foreach (ref readonly var column in columns) Write(column.Mean);
        foreach (ref readonly var column in columns) Write((double)column.Count);
    }

    /// <summary>Writes texts; the last thing in a section.</summary>
    public void Write(ReadOnlySpan<string> texts)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Take(4), texts.Length);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetByteCount(text);
            BinaryPrimitives.WriteInt32LittleEndian(Take(4), bytes);
            Encoding.UTF8.GetBytes(text, Take(bytes));
        }
    }

    private void Pad()
    {
        var padding = -_length & 7;
        if (padding > 0) Take(padding).Clear();
    }

    private Span<byte> Take(int bytes)
    {
        if (_length + bytes > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        var span = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return span;
    }
}
