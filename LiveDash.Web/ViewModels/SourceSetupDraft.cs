using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Web.ViewModels;

/// <summary>A source as it is being edited. Of one dialog; not thread-safe.</summary>
public sealed class SourceSetupDraft
{
    private readonly SourceSetup? _old;

    private SourceSetupDraft(SourceKind kind, SourceSetup? old, string name)
    {
        (Kind, _old, Name) = (kind, old, name);
        Enabled = old?.Enabled ?? true;
        // A secret that is there is not shown; an empty field keeps it.
        foreach (var field in kind.Fields)
        {
            Values[field.Key] = field.Type == SourceFieldType.Secret && old is not null ? "" : old?.Values.GetValueOrDefault(field.Key) is { Length: > 0 } value ? value : field.Default;
        }
    }

    /// <summary>What it is.</summary>
    public SourceKind Kind { get; }

    /// <summary>True where it is not kept yet, so that its name can be chosen.</summary>
    public bool IsNew => _old is null;

    /// <summary>Its name.</summary>
    public string Name { get; set; }

    /// <summary>Whether it runs.</summary>
    public bool Enabled { get; set; }

    /// <summary>Its settings as they stand in the form.</summary>
    public Dictionary<string, string> Values { get; } = [];

    /// <summary>A new one, under a name that is free.</summary>
    public static SourceSetupDraft New(SourceKind kind, SourceBook book)
    {
        var name = kind.Name;
        for (var i = 2; book.All.Any(setup => setup.Name == name); i++) name = $"{kind.Name}-{i}";
        return new(kind, null, name);
    }

    /// <summary>One that is kept.</summary>
    public static SourceSetupDraft Of(SourceKind kind, SourceSetup setup) => new(kind, setup, setup.Name);

    /// <summary>What the form says.</summary>
    public SourceSetup ToSetup() => new(
        Name.Trim(), Kind.Name, Enabled,
        Kind.Fields.ToDictionary(static field => field.Key, field => field.Type == SourceFieldType.Secret && Values[field.Key].Length == 0 && _old is not null ? Kind.Kept(field.Key, _old, Values) : Values[field.Key]));
}
