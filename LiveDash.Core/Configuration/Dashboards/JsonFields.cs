using System.Text.Json;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// The fields of one JSON object, read with a bound each; what is wrong is added to a list under the field's path, and a harmless value comes back,
/// so that one reading finds every error. For one thread.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly List<DashboardError> _errors;

    public JsonFields(JsonElement element, string path, List<DashboardError> errors)
    {
        _path = path;
        _errors = errors;
        IsObject = element.ValueKind == JsonValueKind.Object;
        if (!IsObject)
        {
            errors.Add(new(path, "An object { } is expected here."));
            return;
        }

        foreach (var field in element.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value)) Wrong(field.Name, "The field stands twice.");
        }
    }

    public bool IsObject { get; }

    public bool Has(string name) => _fields.ContainsKey(name);

    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var name in _fields.Keys)
        {
            if (!names.Contains(name)) Wrong(name, $"There is no such field; known are {string.Join(", ", names.ToArray())}.");
        }
    }

    /// <summary>A text, or the default where the field is missing or null; without a default it must be there.</summary>
    public string Text(string name, string? byDefault, int longest)
    {
        if (!_fields.TryGetValue(name, out var field) || field.ValueKind == JsonValueKind.Null)
        {
            if (byDefault is null) Wrong(name, "The field is missing.");
            return byDefault ?? "";
        }

        if (field.ValueKind != JsonValueKind.String) return Wrong(name, "A text is expected here.");
        var text = field.GetString()!;
        if (text.Length > longest) return Wrong(name, $"At most {longest} characters.");
        return text.Any(char.IsControl) ? Wrong(name, "It holds a control character.") : text;
    }

    public int Integer(string name, int byDefault, int least, int most)
    {
        if (!_fields.TryGetValue(name, out var field)) return byDefault;
        if (field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var number) && number >= least && number <= most) return number;
        Wrong(name, least == most ? $"It must be {least}." : $"A whole number from {least} to {most} is expected here.");
        return byDefault;
    }

    /// <summary>A finite number, or null where the field is missing or null.</summary>
    public double? Number(string name)
    {
        if (!_fields.TryGetValue(name, out var field) || field.ValueKind == JsonValueKind.Null) return null;
        if (field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        Wrong(name, "A number is expected here.");
        return null;
    }

    public bool Boolean(string name, bool byDefault)
    {
        if (!_fields.TryGetValue(name, out var field)) return byDefault;
        if (field.ValueKind is JsonValueKind.True or JsonValueKind.False) return field.GetBoolean();
        Wrong(name, "It is true or false.");
        return byDefault;
    }

    /// <summary>One of the names of an enumeration, in any case.</summary>
    public T Choice<T>(string name, T byDefault = default)
        where T : struct, Enum
    {
        var text = Text(name, "", 20);
        if (text.Length == 0) return byDefault;
        foreach (var value in Enum.GetValues<T>())
        {
            if (text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase)) return value;
        }

        Wrong(name, $"It is one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return byDefault;
    }

    public IEnumerable<(JsonElement Element, string Path)> Items(string name, int most)
    {
        if (!_fields.TryGetValue(name, out var field)) return [];
        if (field.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, "A list [ ] is expected here.");
            return [];
        }

        if (field.GetArrayLength() > most) Wrong(name, $"At most {most}.");
        return field.EnumerateArray().Take(most).Select((element, i) => (element, $"{At(name)}[{i}]"));
    }

    public string Wrong(string name, string message)
    {
        _errors.Add(new(At(name), message));
        return "";
    }

    private string At(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
