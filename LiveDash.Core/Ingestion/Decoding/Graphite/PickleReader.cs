using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LiveDash.Core.Ingestion.Decoding.Graphite;

/// <summary>
/// Reads pickles of protocols 0 to 5 (Python's pickletools.py lists the opcodes) that hold lists, tuples, texts and numbers. Whatever would name or call code (GLOBAL, REDUCE, BUILD, ...)
/// makes the message unreadable. Bounds: a million values, tuples nest as deep as the opcodes say and are never walked by recursion. One message, one reader.
/// </summary>
internal ref struct PickleReader
{
    // Bounded: a value costs at least a byte of a message that is bounded itself.
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private ReadOnlySpan<byte> _rest;

    private PickleReader(ReadOnlySpan<byte> message) => _rest = message;

    private static readonly object s_mark = new();

    /// <summary>Reads a message; false, and nothing added, where it is anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, List<PicklePoint> points)
    {
        var count = points.Count;
        try
        {
            if (new PickleReader(message).Run() is List<object?> list && list.TrueForAll(one => TryAdd(one, points))) return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidCastException or OverflowException or IndexOutOfRangeException)
        {
            // Cut off, or not a pickle.
        }

        points.RemoveRange(count, points.Count - count);
        return false;
    }

    private static bool TryAdd(object? one, List<PicklePoint> points)
    {
        if (one is not List<object?> { Count: 2 } outer || outer[1] is not List<object?> { Count: 2 } inner) return false;
        if (outer[0] is not byte[] path || Number(inner[0]) is not { } seconds || Number(inner[1]) is not { } value) return false;
        points.Add(new(path, seconds, value, inner[1] is long whole && WideIntegers.IsWide(whole)));
        return true;
    }

    private static double? Number(object? value) => value switch
    {
        double number => number,
        long whole => whole,
        // Old senders of carbon pickle what they read as text.
        byte[] text when Utf8Parser.TryParse(text, out double parsed, out var used) && used == text.Length => parsed,
        _ => null,
    };

    private object? Run()
    {
        while (true)
        {
            var opcode = Take(1)[0];
            if (opcode == '.') return Pop();
            if (!Structure(opcode) && !Texts(opcode) && !Numbers(opcode) && !Memo(opcode)) throw new FormatException("An opcode that is not data.");
        }
    }

    // Lists and tuples alike are lists here: only their length matters.
    private bool Structure(byte opcode)
    {
        switch ((char)opcode)
        {
            case (char)0x80: Take(1); break;
            case (char)0x95: Take(8); break;
            case '(': _stack.Add(s_mark); break;
            case ']' or ')': _stack.Add(new List<object?>()); break;
            case 'l' or 't': _stack.Add(PopToMark()); break;
            case 'a':
                var one = Pop();
                ((List<object?>)Top()!).Add(one);
                break;
            case 'e':
                var many = PopToMark();
                ((List<object?>)Top()!).AddRange(many);
                break;
            case (char)0x85 or (char)0x86 or (char)0x87:
                var from = _stack.Count - (opcode - 0x84);
                var tuple = _stack.GetRange(from, _stack.Count - from);
                _stack.RemoveRange(from, tuple.Count);
                _stack.Add(tuple);
                break;
            default: return false;
        }

        return true;
    }

    private bool Texts(byte opcode)
    {
        switch ((char)opcode)
        {
            case 'X' or 'T' or 'B': _stack.Add(Take(Length(4)).ToArray()); break;
            case (char)0x8c or 'U' or 'C': _stack.Add(Take(Length(1)).ToArray()); break;
            case (char)0x8d or (char)0x8e: _stack.Add(Take(Length(8)).ToArray()); break;
            case 'V': _stack.Add(Line().ToArray()); break;
            case 'S':
                var quoted = Line();
                if (quoted.Length < 2 || quoted.Contains((byte)'\\')) throw new FormatException("A text with escapes.");
                _stack.Add(quoted[1..^1].ToArray());
                break;
            default: return false;
        }

        return true;
    }

    private bool Numbers(byte opcode)
    {
        switch ((char)opcode)
        {
            case 'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case 'K': _stack.Add((long)Take(1)[0]); break;
            case 'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case 'F': _stack.Add(double.Parse(Encoding.ASCII.GetString(Line()), CultureInfo.InvariantCulture)); break;
            case 'I' or 'L': _stack.Add(long.Parse(Encoding.ASCII.GetString(Line()).TrimEnd('L'), CultureInfo.InvariantCulture)); break;
            case (char)0x8a:
                var bytes = Take(Length(1));
                if (bytes.Length > 8) throw new OverflowException();
                long whole = 0;
                for (var i = 0; i < bytes.Length; i++) whole |= (long)bytes[i] << (8 * i);
                var unused = 64 - 8 * bytes.Length;
                _stack.Add(bytes.IsEmpty ? 0L : whole << unused >> unused);
                break;
            case 'N' or (char)0x88 or (char)0x89: _stack.Add(null); break;
            default: return false;
        }

        return true;
    }

    private bool Memo(byte opcode)
    {
        switch ((char)opcode)
        {
            case 'q': _memo[Take(1)[0]] = Top(); break;
            case 'r': _memo[Length(4)] = Top(); break;
            case 'p': _memo[long.Parse(Encoding.ASCII.GetString(Line()), CultureInfo.InvariantCulture)] = Top(); break;
            case (char)0x94: _memo[_memo.Count] = Top(); break;
            case 'h': Recall(Take(1)[0]); break;
            case 'j': Recall(Length(4)); break;
            case 'g': Recall(long.Parse(Encoding.ASCII.GetString(Line()), CultureInfo.InvariantCulture)); break;
            default: return false;
        }

        return true;
    }

    private readonly void Recall(long key) => _stack.Add(_memo.TryGetValue(key, out var known) ? known : throw new FormatException("An unknown memo."));

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private int Length(int bytes)
    {
        var length = bytes switch
        {
            1 => Take(1)[0],
            4 => BinaryPrimitives.ReadUInt32LittleEndian(Take(4)),
            _ => (long)BinaryPrimitives.ReadUInt64LittleEndian(Take(8)),
        };
        return length >= 0 && length <= PickleDecoder.MaxMessageBytes ? (int)length : throw new FormatException("A length beyond the message.");
    }

    private ReadOnlySpan<byte> Line()
    {
        var end = _rest.IndexOf((byte)'\n');
        if (end < 0) throw new FormatException("A line is not closed.");
        var line = _rest[..end];
        _rest = _rest[(end + 1)..];
        return line;
    }

    private readonly object? Top() => _stack[^1];

    private readonly object? Pop()
    {
        var top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private readonly List<object?> PopToMark()
    {
        var mark = _stack.LastIndexOf(s_mark);
        if (mark < 0) throw new FormatException("No mark.");
        var items = _stack.GetRange(mark + 1, _stack.Count - mark - 1);
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }
}
