using LiveDash.Core.Configuration;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Mongo;
using MongoDB.Bson;

namespace LiveDash.Core.Collections;

/// <summary>Checks connections and mapped collections before they are kept, and names every fault. Stateless.</summary>
internal static class CollectionValidator
{
    private const int MaxConnections = 20;
    private const int MaxCollections = 100;
    private const int MaxValues = 32;
    private const int MaxTags = 16;

    // They run code on the server.
    private static readonly string[] s_forbidden = ["$where", "$function", "$accumulator"];

    /// <summary>All faults; none where the settings are sound.</summary>
    public static List<SettingFault> Validate(CollectionSettings settings)
    {
        var faults = new List<SettingFault>();
        if (settings.Connections.Count > MaxConnections) faults.Add(new("connections", $"There may be {MaxConnections} connections at most."));
        if (settings.Collections.Count > MaxCollections) faults.Add(new("collections", $"There may be {MaxCollections} mapped collections at most."));
        for (var i = 0; i < settings.Connections.Count; i++)
        {
            var (one, at) = (settings.Connections[i], $"connections[{i}]");
            if (!IsName(one.Name)) faults.Add(new($"{at}.name", "A name has 1 to 64 letters, digits, dots, dashes and underscores."));
            if (settings.Connections.Take(i).Any(other => other.Name == one.Name)) faults.Add(new($"{at}.name", $"There are two connections '{one.Name}'."));
            if (one.Address == CollectionSecrets.Hidden || one.Address.Contains(CollectionSecrets.Hidden, StringComparison.Ordinal)) faults.Add(new($"{at}.address", "The password must be given anew, since the address leads elsewhere than before."));
            else if (!MongoAddress.TryParse(one.Address, out _, out var fault)) faults.Add(new($"{at}.address", $"The address cannot be used: {fault}."));
        }

        for (var i = 0; i < settings.Collections.Count; i++) Check(settings.Collections[i], i, settings, faults);
        return faults;
    }

    /// <summary>Reads a filter; false with the reason where it is no document, or would run code.</summary>
    public static bool TryFilter(string? text, out BsonDocument filter, out string? fault)
    {
        (filter, fault) = ([], null);
        if (string.IsNullOrWhiteSpace(text)) return true;
        try
        {
            filter = BsonDocument.Parse(text);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            fault = "It is no document in extended JSON, such as {\"device\": \"a\"}.";
            return false;
        }

        if (Forbidden(filter) is not { } operation) return true;
        fault = $"It may not hold {operation}, which runs code on the server.";
        return false;
    }

    private static void Check(CollectionMap map, int index, CollectionSettings settings, List<SettingFault> faults)
    {
        var at = $"collections[{index}]";
        if (!IsName(map.Name)) faults.Add(new($"{at}.name", "A name has 1 to 64 letters, digits, dots, dashes and underscores."));
        if (settings.Collections.Take(index).Any(other => other.Name == map.Name)) faults.Add(new($"{at}.name", $"There are two collections '{map.Name}'."));
        if (settings.Connections.FirstOrDefault(one => one.Name == map.Connection) is not { } connection) faults.Add(new($"{at}.connection", $"There is no connection '{map.Connection}'."));
        else if (map.Database is null && MongoAddress.TryParse(connection.Address, out var address, out _) && address!.Database is null) faults.Add(new($"{at}.database", "Neither the collection nor its connection names a database."));
        if (map.Collection.Length is 0 or > 255 || map.Collection.Contains('$', StringComparison.Ordinal) || map.Collection.Contains('\0', StringComparison.Ordinal)) faults.Add(new($"{at}.collection", "A collection's name has 1 to 255 characters without $."));
        if (!TryFilter(map.Filter, out _, out var fault)) faults.Add(new($"{at}.filter", fault!));
        if (map.Unit is not ("s" or "ms" or "us" or "ns")) faults.Add(new($"{at}.unit", "A unit is s, ms, us or ns."));
        if (map.Values.Count > MaxValues) faults.Add(new($"{at}.values", $"There may be {MaxValues} values at most."));
        if (map.Tags.Count > MaxTags) faults.Add(new($"{at}.tags", $"There may be {MaxTags} tags at most."));
        (string Field, string? Path)[] paths =
            [.. map.Values.Select(static path => ("values", path)), .. map.Tags.Values.Select(static path => ("tags", path)), ("time", map.Time), ("point", map.Point), ("key", map.Key)];
        foreach (var (field, path) in paths)
        {
            if (path is not null && !IsPath(path)) faults.Add(new($"{at}.{field}", $"'{path}' is no path: names joined by dots, without $."));
        }

        if (!SeriesTemplate.TryParse(map.Series, out var template) || template!.Paths.Any(static path => !IsPath(path))) faults.Add(new($"{at}.series", "A series is a text with paths in braces, such as {device}.temp."));
    }

    private static bool IsName(string? text) => text is { Length: > 0 and <= 64 } && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static bool IsPath(string text) => text.Length is > 0 and <= 200 && text.Split('.').All(static part => part.Length > 0 && part[0] != '$' && !part.Contains('\0', StringComparison.Ordinal));

    private static string? Forbidden(BsonValue value) => value switch
    {
        BsonDocument document => document.Select(static e => s_forbidden.Contains(e.Name) ? e.Name : Forbidden(e.Value)).FirstOrDefault(static found => found is not null),
        BsonArray list => list.Select(Forbidden).FirstOrDefault(static found => found is not null),
        BsonJavaScript => "code",
        _ => null,
    };
}
