using System.Security.Cryptography;
using System.Text;

namespace LiveDash.Core.Rules;

/// <summary>Makes the lasting ids of rules. Stateless, so safe on any thread.</summary>
public static class RuleIds
{
    /// <summary>The id made of a name: its letters and digits in lower case, the rest as dashes; the same name gives the same id.</summary>
    public static string FromName(string name)
    {
        var letters = new string([.. name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(60)]).Trim('-');
        return letters.Length == 0 ? "rule" : letters;
    }

    /// <summary>The id of a rule of a file of groups: its file, group and place name it for good, whatever else has its name.</summary>
    /// <param name="file">The file's name; empty where it has none.</param>
    /// <param name="group">The group's name.</param>
    /// <param name="position">The rule's place in the group, from 0.</param>
    /// <param name="name">The rule's name, for people.</param>
    public static string OfFile(string file, string group, int position, string name)
    {
        // Names that are cut or spelled alike are kept apart by the whole of them.
        var print = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{file}\n{group}\n{position}")).AsSpan(0, 5));
        return $"{FromName(name)}-{print}";
    }
}
