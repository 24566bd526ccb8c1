using System.Text;
using System.Text.Json;
using LiveDash.Core.Accounts.Audit;

namespace LiveDash.Web.ViewModels;

/// <summary>What an entry of the audit was done on, as people call it: the name that stands in the document or the account's, and only else its id. Pure.</summary>
public static class AuditWords
{
    // A passkey is called what its owner calls it, an invitation what is noted with it, grants after their folder, a snapshot after its dashboard.
    private static readonly string[] s_names = ["name", "title", "note", "folder"];

    /// <summary>The words.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="accountOf">The name of the account of an id, or null.</param>
    public static string On(AuditEntry entry, Func<string, string?> accountOf)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(accountOf);
        var document = Texts(entry.After ?? entry.Before);
        var name = s_names.Select(document.GetValueOrDefault).FirstOrDefault(static text => text is { Length: > 0 });
        var person = accountOf(entry.On) ?? (document.GetValueOrDefault("userId") is { } id ? accountOf(id) : null);
        return (name, person) switch
        {
            (null, null) => entry.On,
            (null, _) => person,
            (_, null) => name,
            _ => name == person ? name : $"{name} of {person}",
        };
    }

    // The texts at the top of a document, which may be cut off behind any of its letters.
    private static Dictionary<string, string> Texts(string? json)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json is null || !json.StartsWith('{')) return texts;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), isFinalBlock: false, default);
        try
        {
            string? property = null;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1) property = reader.GetString();
                else if (reader.TokenType == JsonTokenType.String && reader.CurrentDepth == 1 && property is not null) texts[property] = reader.GetString()!;
            }
        }
        catch (JsonException)
        {
            // What was read before it is known all the same.
        }

        return texts;
    }
}
