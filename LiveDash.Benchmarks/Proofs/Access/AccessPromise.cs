namespace LiveDash.Benchmarks.Proofs.Access;

/// <summary>Who may ask for one route by one method. Immutable.</summary>
/// <param name="Method">The method.</param>
/// <param name="Pattern">The path with its parameters in braces.</param>
/// <param name="Role">The role that is needed; null for everybody.</param>
/// <param name="Keys">The scopes of which a key needs one; <c>everybody</c> or <c>none</c>; empty for a page, which no key opens.</param>
/// <param name="IsShared">True where a share link is enough.</param>
internal sealed record AccessPromise(string Method, string Pattern, string? Role, IReadOnlyList<string> Keys, bool IsShared)
{
    /// <summary>Whether somebody may, by the page alone.</summary>
    public bool Lets(AccessVisitor visitor) =>
        Role is null
        || (visitor.Scope is { } scope ? Keys.Count > 0 && !Keys.Contains("none") && (scope == "admin" || Keys.Contains(scope)) : AccessSheet.IsEnough(visitor.Role, Role) && visitor.Role is not null)
        || (visitor.IsShared && IsShared);
}
