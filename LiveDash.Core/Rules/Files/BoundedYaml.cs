using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LiveDash.Core.Rules.Files;

/// <summary>
/// YAML as it may come from anybody: nested at most <see cref="MaxDepth"/> deep (what is built of it is walked by recursion), of at most
/// <see cref="MaxEvents"/> parts, keys that are texts, and no aliases, which could spell a small file out into a huge one. Stops when told to.
/// Not thread-safe.
/// </summary>
internal sealed class BoundedYaml(TextReader text, CancellationToken cancellationToken) : IParser
{
    /// <summary>How deep lists and mappings may nest; a rule file needs six.</summary>
    public const int MaxDepth = 32;

    /// <summary>How many parts, scalars and borders of lists and mappings, a file may have.</summary>
    public const int MaxEvents = 200_000;

    private readonly Parser _inner = new(text);

    // One for each open list or mapping, so at most MaxDepth: whether it is a mapping, and whether a key comes next.
    private readonly Stack<(bool IsMapping, bool IsKeyNext)> _open = [];
    private int _events;

    /// <inheritdoc/>
    public ParsingEvent? Current => _inner.Current;

    /// <summary>Goes on to the next part.</summary>
    /// <exception cref="YamlException">It is not YAML, or beyond the bounds; the message says which.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public bool MoveNext()
    {
        if (++_events % 1_024 == 0) cancellationToken.ThrowIfCancellationRequested();
        if (!_inner.MoveNext()) return false;
        var part = _inner.Current!;
        if (_events > MaxEvents) throw Breach(part, $"A rule file has at most {MaxEvents:N0} parts.");
        switch (part)
        {
            case AnchorAlias:
                throw Breach(part, "Aliases are not read.");
            case SequenceStart or MappingStart:
                if (_open.TryPeek(out var outer) && outer is { IsMapping: true, IsKeyNext: true }) throw Breach(part, "A key is a text, not a list or a mapping.");
                if (_open.Count == MaxDepth) throw Breach(part, $"Lists and mappings nest at most {MaxDepth} deep.");
                _open.Push((part is MappingStart, true));
                break;
            case SequenceEnd or MappingEnd:
                _open.Pop();
                Passed();
                break;
            case Scalar:
                Passed();
                break;
        }

        return true;
    }

    private void Passed()
    {
        if (_open.TryPop(out var around)) _open.Push((around.IsMapping, !around.IsKeyNext));
    }

    private static YamlException Breach(ParsingEvent part, string detail) => new(part.Start, part.End, detail);
}
