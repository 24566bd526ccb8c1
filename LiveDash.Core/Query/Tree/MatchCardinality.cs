namespace LiveDash.Core.Query.Tree;

/// <summary>How many series of each side may belong together.</summary>
public enum MatchCardinality
{
    /// <summary>One of each.</summary>
    OneToOne,

    /// <summary><c>group_left</c>: many of the left side for one of the right.</summary>
    ManyToOne,

    /// <summary><c>group_right</c>: many of the right side for one of the left.</summary>
    OneToMany,

    /// <summary>And, or, unless.</summary>
    ManyToMany,
}
