using LiveDash.Core.Collections;

namespace LiveDash.Web.ViewModels;

/// <summary>A mapping as its form edits it: lists as texts. Used by one page.</summary>
public sealed class CollectionForm
{
    /// <summary>Its name here.</summary>
    public string Name { get; set; } = "";

    /// <summary>The connection.</summary>
    public string Connection { get; set; } = "";

    /// <summary>The database; empty for the connection's.</summary>
    public string Database { get; set; } = "";

    /// <summary>The collection.</summary>
    public string Collection { get; set; } = "";

    /// <summary>The filter; empty for none.</summary>
    public string Filter { get; set; } = "";

    /// <summary>Where the time stands.</summary>
    public string Time { get; set; } = "_id";

    /// <summary>What numbers count.</summary>
    public string Unit { get; set; } = "ms";

    /// <summary>Paths of values, with commas.</summary>
    public string Values { get; set; } = "";

    /// <summary>The series with paths in braces.</summary>
    public string Series { get; set; } = "";

    /// <summary>Tags as <c>tag=path</c>, with commas.</summary>
    public string Tags { get; set; } = "";

    /// <summary>Where the location stands; empty for none.</summary>
    public string Point { get; set; } = "";

    /// <summary>Where the id stands; empty for none.</summary>
    public string Key { get; set; } = "";

    /// <summary>What is done with it.</summary>
    public CollectionMode Mode { get; set; }

    /// <summary>Fills the form.</summary>
    public static CollectionForm Of(CollectionMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new CollectionForm
        {
            Name = map.Name, Connection = map.Connection, Database = map.Database ?? "", Collection = map.Collection, Filter = map.Filter ?? "", Time = map.Time, Unit = map.Unit,
            Values = string.Join(", ", map.Values), Series = map.Series, Tags = string.Join(", ", map.Tags.Select(static tag => $"{tag.Key}={tag.Value}")),
            Point = map.Point ?? "", Key = map.Key ?? "", Mode = map.Mode,
        };
    }

    /// <summary>What the form says.</summary>
    public CollectionMap ToMap() => new()
    {
        Name = Name.Trim(), Connection = Connection, Database = Text(Database), Collection = Collection.Trim(), Filter = Text(Filter), Time = Text(Time) ?? "_id", Unit = Unit,
        Values = Split(Values), Series = Series.Trim(), Point = Text(Point), Key = Text(Key), Mode = Mode,
        Tags = Split(Tags).Select(static tag => tag.Split('=', 2)).Where(static pair => pair.Length == 2).GroupBy(static pair => pair[0].Trim())
            .ToDictionary(static pairs => pairs.Key, static pairs => pairs.First()[1].Trim()),
    };

    /// <summary>What is wrong with tags that <see cref="ToMap"/> cannot take: those that are no <c>tag=path</c>, and the second of two of one name.</summary>
    public IEnumerable<string> TagFaults()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in Split(Tags))
        {
            var equals = tag.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) yield return $"'{tag}' is no tag=path.";
            else if (!names.Add(tag[..equals].Trim())) yield return $"'{tag}': the tag {tag[..equals].Trim()} stands there twice.";
        }
    }

    private static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
