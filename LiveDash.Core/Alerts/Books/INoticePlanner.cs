namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Decides whom a change of an alert is told to. Called by the book under its lock, so it must not wait; what it keeps goes into the same
/// transaction as the change itself, and it may send only what was committed.
/// </summary>
public interface INoticePlanner
{
    /// <summary>Plans the notices of a change.</summary>
    /// <param name="transition">What happened.</param>
    /// <param name="muting">Why it is not told as it is.</param>
    /// <param name="find">Finds an episode by its name; null where it is known no more.</param>
    /// <param name="keep">Adds a document's change to the transaction: kind, id, and body or null.</param>
    void Plan(AlertTransition transition, Muting muting, Func<string, Episode?> find, Action<string, string, byte[]?> keep);

    /// <summary>What was planned until now is being committed.</summary>
    void BeginCommit();

    /// <summary>The commit has ended; where it failed it will be tried again.</summary>
    void EndCommit(bool succeeded);

    /// <summary>
    /// The store takes nothing, for want of space or because it is read-only: what is planned goes out all the same, as the last resort. A crash before the store
    /// takes it may then tell it once more, never not at all.
    /// </summary>
    void LetGo();
}
