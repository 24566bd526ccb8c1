using System.Buffers;
using System.Text.Json;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// Finds where the features of a GeoJSON document begin, whatever members stand before them, or finds that it is one feature or geometry. Memory is bounded by
/// <paramref name="maxBare"/>. One stream, one of these; not thread-safe.
/// </summary>
/// <param name="maxBare">The longest single feature or geometry.</param>
internal sealed class GeoJsonHead(int maxBare)
{
    private readonly ArrayBufferWriter<byte> _seen = new();
    private JsonReaderState _state;
    private bool _atFeatures;
    private bool _closed;
    // So much must be there before it is looked at again: a text that comes in small pieces would else be read anew from its beginning with each.
    private long _needed;

    /// <summary>True once the array of features begins at what is left of the buffer.</summary>
    public bool Found { get; private set; }

    /// <summary>The whole document where it is no collection; empty before its end, and where it is too long.</summary>
    public ReadOnlySpan<byte> Bare => IsWhole ? _seen.WrittenSpan : [];

    /// <summary>True once the document ended without features.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Looks further; the buffer is shortened by what was looked at.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Read(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        if (!isLast && buffer.Length < _needed) return;
        var reader = new Utf8JsonReader(buffer, isLast, _state);
        while (reader.Read())
        {
            if (_atFeatures && reader.TokenType == JsonTokenType.StartArray)
            {
                Found = true;
                break;
            }

            _atFeatures = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("features"u8);
            if (reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                IsWhole = true;
                break;
            }
        }

        _state = reader.CurrentState;
        var passed = buffer.Slice(0, reader.Position);
        buffer = buffer.Slice(reader.Position);
        _needed = buffer.Length * 2;
        if (Found || _seen.WrittenCount + passed.Length > maxBare) _seen.Clear();
        else foreach (var memory in passed) _seen.Write(memory.Span);
    }

    /// <summary>Looks through what follows the array of features, whose bracket was taken off already; the buffer is shortened by what was looked at.</summary>
    /// <returns>True once the document has ended.</returns>
    /// <exception cref="JsonException">It is not JSON, or ends too early.</exception>
    public bool ReadTail(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        if (!_closed)
        {
            var bracket = new Utf8JsonReader("]"u8, isFinalBlock: false, _state);
            bracket.Read();
            (_state, _closed, _needed) = (bracket.CurrentState, true, 0);
        }

        if (!isLast && buffer.Length < _needed) return false;
        var reader = new Utf8JsonReader(buffer, isLast, _state);
        while (!IsWhole && reader.Read()) IsWhole = reader.CurrentDepth == 0;
        _state = reader.CurrentState;
        buffer = buffer.Slice(reader.Position);
        _needed = buffer.Length * 2;
        return IsWhole;
    }

    /// <summary>Where the features of a document's beginning begin, behind their bracket; -1 where they do not.</summary>
    public static int Find(ReadOnlySpan<byte> head)
    {
        var reader = new Utf8JsonReader(head, isFinalBlock: false, default);
        var atFeatures = false;
        try
        {
            while (reader.Read())
            {
                if (atFeatures && reader.TokenType == JsonTokenType.StartArray) return (int)reader.BytesConsumed;
                atFeatures = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("features"u8);
            }
        }
        catch (JsonException)
        {
            return -1;
        }

        return -1;
    }
}
