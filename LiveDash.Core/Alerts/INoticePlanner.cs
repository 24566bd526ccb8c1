namespace LiveDash.Core.Alerts;

/// <summary>
/// Decides whom a change of an alert is told to. Called by the book under its lock, so it must not wait; what it keeps goes into the same
/// transaction as the change itself, and it may send only what was committed.
/// </summary>
public interface INoticePlanner
{
    /// <summary>Plans the notices of a change.</summary>
    /// <param name="transition">What happened.</param>
    /// <param name="isMuted">True while a silence covers the alert or it flaps.</param>
    /// <param name="keep">Adds a document's change to the transaction: kind, id, and body or null.</param>
    void Plan(AlertTransition transition, bool isMuted, Action<string, string, byte[]?> keep);

    /// <summary>What was planned until now is being committed.</summary>
    void BeginCommit();

    /// <summary>The commit has ended; where it failed it will be tried again.</summary>
    void EndCommit(bool succeeded);
}
