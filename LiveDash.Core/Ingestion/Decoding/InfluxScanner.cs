namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>Follows one point of line protocol byte by byte, as far as it takes to know whether a quote counts and a line end ends it. Not thread-safe.</summary>
internal sealed class InfluxScanner
{
    private State _state;
    private bool _guarded;

    private enum State
    {
        // Spaces before the point.
        Start,

        // Measurement and tags, up to the first space that is not guarded.
        Head,

        // Spaces before a field's name.
        Gap,

        // A field's name, up to the equals sign.
        Key,

        // Behind the equals sign.
        ValueStart,

        // A value without quotes.
        Value,

        // Within a text.
        Text,

        // Behind the quote that closed a text.
        TextEnd,

        // Whatever else, up to the line end: a comment, the time, what follows a fault.
        Plain,

        // Behind a text that was closed wrongly: the point is refused, and quotes still keep line ends within it.
        Loose,
    }

    /// <summary>Begins a new point.</summary>
    public void Reset() => (_state, _guarded) = (State.Start, false);

    /// <summary>The point is broken: any further quote opens a text, until a line end outside of one.</summary>
    public void GoLoose() => _state = State.Loose;

    /// <summary>Takes the next byte.</summary>
    public InfluxScan Step(byte b)
    {
        if (_state == State.Text) return InText(b);
        if (b == '\n') return InfluxScan.End;
        var guarded = _guarded;
        _guarded = b == '\\';
        switch (_state)
        {
            case State.Start:
                if (b is not ((byte)' ' or (byte)'\t')) _state = b == '#' ? State.Plain : State.Head;
                break;
            case State.Head when b == ' ' && !guarded:
                _state = State.Gap;
                break;
            case State.Gap when b != ' ':
                _state = b == '=' ? State.ValueStart : State.Key;
                break;
            case State.Key when b == '=' && !guarded:
                _state = State.ValueStart;
                break;
            case State.Key when b is (byte)' ' or (byte)',' && !guarded:
                _state = State.Plain;
                break;
            case State.ValueStart:
                _state = b switch { (byte)'"' => State.Text, (byte)',' => State.Key, (byte)' ' => State.Plain, _ => State.Value };
                _guarded = false;
                break;
            case State.Value or State.TextEnd when b == ',':
                _state = State.Key;
                break;
            case State.Value or State.TextEnd when b == ' ':
                _state = State.Plain;
                break;
            case State.Loose when b == '"':
                _state = State.Text;
                _guarded = false;
                break;
            case State.TextEnd when b != '\r':
                return InfluxScan.Broken;
        }

        return InfluxScan.NeedMore;
    }

    private InfluxScan InText(byte b)
    {
        if (_guarded) _guarded = false;
        else if (b == '\\') _guarded = true;
        else if (b == '"') _state = State.TextEnd;
        return InfluxScan.NeedMore;
    }
}
