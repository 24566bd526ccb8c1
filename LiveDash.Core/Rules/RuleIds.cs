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
}
