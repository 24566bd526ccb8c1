namespace LiveDash.Core.Alerts.Books;

/// <summary>A rule was to be changed that stands in a file of the watched folder: the next look at the file would undo it.</summary>
public sealed class RuleOwnedException(string rule, string file) : InvalidOperationException(Say(rule, file))
{
    /// <summary>The sentence that tells so.</summary>
    public static string Say(string rule, string file) =>
        $"The rule '{rule}' stands in the file '{file}' of the folder LiveDash:Rules:Folder. Change it there: the file is looked at every two seconds.";
}
