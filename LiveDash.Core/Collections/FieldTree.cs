using System.Runtime.InteropServices;
using System.Text;
using MongoDB.Bson;

namespace LiveDash.Core.Collections;

/// <summary>The paths that a mapping wants, as a tree over which a document is gone through once. Immutable after it was built; used by any thread.</summary>
internal sealed class FieldTree
{
    private readonly List<(byte[] Name, FieldTree Below)> _fields = [];
    private readonly List<int> _slots = [];

    /// <summary>How many slots were given out.</summary>
    public int Slots { get; private set; }

    /// <summary>The names of the fields at the top.</summary>
    public IEnumerable<string> Tops => _fields.Select(static one => Encoding.UTF8.GetString(one.Name));

    /// <summary>Wants a path, and gives the slot in which its value will be found.</summary>
    public int Add(string path)
    {
        var node = this;
        foreach (var part in path.Split('.'))
        {
            var name = Encoding.UTF8.GetBytes(part);
            var found = node._fields.FindIndex(one => one.Name.AsSpan().SequenceEqual(name));
            if (found < 0)
            {
                node._fields.Add((name, new FieldTree()));
                found = node._fields.Count - 1;
            }

            node = node._fields[found].Below;
        }

        node._slots.Add(Slots);
        return Slots++;
    }

    /// <summary>Finds what is wanted; slots of what is missing keep the type <see cref="BsonType.EndOfDocument"/>.</summary>
    /// <param name="document">The bytes of the document.</param>
    /// <param name="found">A place a slot: type, and where the value stands in the document.</param>
    public void Find(ReadOnlySpan<byte> document, Span<FoundField> found)
    {
        found.Clear();
        Find(document, 0, found);
    }

    private void Find(ReadOnlySpan<byte> bytes, int offset, Span<FoundField> found)
    {
        var elements = new BsonElements(bytes);
        var fields = CollectionsMarshal.AsSpan(_fields);
        var left = fields.Length;
        while (left > 0 && elements.Next())
        {
            var said = elements.Name;
            foreach (ref readonly var field in fields)
            {
                if (!said.SequenceEqual(field.Name)) continue;
                left--;
                var below = field.Below;
                foreach (var slot in below._slots) found[slot] = new FoundField(elements.Type, offset + elements.At, elements.Value.Length);
                // An array is a document whose names are 0, 1, 2.
                if (below._fields.Count > 0 && elements.Type is BsonType.Document or BsonType.Array) below.Find(elements.Value, offset + elements.At, found);
                break;
            }
        }
    }
}
