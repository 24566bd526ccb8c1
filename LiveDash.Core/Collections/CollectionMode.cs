namespace LiveDash.Core.Collections;

/// <summary>What is done with a mapped collection.</summary>
public enum CollectionMode
{
    /// <summary>Read when somebody asks; nothing is kept here.</summary>
    Through,

    /// <summary>Read once, and kept here.</summary>
    Import,

    /// <summary>Read once, kept here, and followed: what is inserted later comes live.</summary>
    Follow,
}
