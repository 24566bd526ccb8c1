using System.Globalization;
using System.Text.Json;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>Looks at a JSON object as at a row of a table: members within members are cells too, named with dots. Pure.</summary>
internal static class JsonCells
{
    private const int MaxDepth = 4;
    private const int MaxElements = 4;
    private const int MaxCells = 100;

    // A longer name is looked up as it is, without trying its dots.
    private const int MaxPath = 256;

    /// <summary>The text of a cell; empty where there is none, or null stands there.</summary>
    /// <exception cref="InvalidOperationException">It is a text that is no UTF-8, or with half a surrogate pair.</exception>
    public static string Text(JsonElement row, string? name) =>
        name is not null && TryFind(row, name, out var cell) && cell.ValueKind != JsonValueKind.Null ? TextOf(cell) : "";

    /// <summary>Every cell of a row with its name, the first hundred; of a longer list of values only the first four.</summary>
    public static IEnumerable<(string Name, string Text)> All(JsonElement row) => Walk(row, "", 0).Take(MaxCells);

    private static IEnumerable<(string Name, string Text)> Walk(JsonElement element, string name, int depth)
    {
        var inner = name.Length == 0 ? "" : name + ".";
        if (element.ValueKind == JsonValueKind.Object && depth < MaxDepth)
        {
            return element.EnumerateObject().SelectMany(member => Walk(member.Value, inner + member.Name, depth + 1));
        }

        if (element.ValueKind == JsonValueKind.Array && depth < MaxDepth)
        {
            return element.EnumerateArray().Take(MaxElements).SelectMany((one, i) => Walk(one, inner + i.ToString(CultureInfo.InvariantCulture), depth + 1));
        }

        return [(name, element.ValueKind == JsonValueKind.Null ? "" : TextOf(element))];
    }

    private static string TextOf(JsonElement cell) => cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText();

    // A member's own name may hold dots, so the longest beginning that is a member is not known before it is tried.
    private static bool TryFind(JsonElement element, ReadOnlySpan<char> name, out JsonElement cell)
    {
        if (TryStep(element, name, out cell)) return true;
        if (name.Length > MaxPath) return false;
        for (var dot = name.IndexOf('.'); dot >= 0; dot = Next(name, dot))
        {
            if (TryStep(element, name[..dot], out var inner) && TryFind(inner, name[(dot + 1)..], out cell)) return true;
        }

        return false;
    }

    private static int Next(ReadOnlySpan<char> name, int dot)
    {
        var next = name[(dot + 1)..].IndexOf('.');
        return next < 0 ? -1 : dot + 1 + next;
    }

    private static bool TryStep(JsonElement element, ReadOnlySpan<char> name, out JsonElement inner)
    {
        inner = default;
        if (element.ValueKind == JsonValueKind.Object) return element.TryGetProperty(name, out inner);
        if (element.ValueKind != JsonValueKind.Array || !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= element.GetArrayLength()) return false;
        inner = element[index];
        return true;
    }
}
