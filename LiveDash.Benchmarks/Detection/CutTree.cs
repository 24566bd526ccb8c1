namespace LiveDash.Benchmarks.Detection;

/// <summary>One robust random cut tree (Guha et al., ICML 2016) over a window of the newest points: the peer of the detector. Not thread-safe.</summary>
internal sealed class CutTree(int size, Random random)
{
    private readonly Dictionary<long, Node> _leaves = [];
    private Node? _root;

    /// <summary>Adds a point, and takes off the oldest where there are too many.</summary>
    /// <returns>Its collusive displacement.</returns>
    public double Push(long index, double[] point)
    {
        if (_leaves.Remove(index - size, out var old)) Remove(old);
        var leaf = new Node { Low = point, High = point, Count = 1 };
        _leaves[index] = leaf;
        _root = _root is null ? leaf : Insert(_root, leaf, point);
        return Displacement(leaf);
    }

    private static double Displacement(Node leaf)
    {
        var most = 0.0;
        for (var node = leaf; node.Parent is { } parent; node = parent)
        {
            var sibling = ReferenceEquals(parent.Left, node) ? parent.Right! : parent.Left!;
            most = Math.Max(most, sibling.Count / (double)node.Count);
        }

        return most;
    }

    private Node Insert(Node node, Node leaf, double[] point)
    {
        var parent = node.Parent;
        var low = new double[point.Length];
        var high = new double[point.Length];
        var span = 0.0;
        for (var d = 0; d < point.Length; d++)
        {
            (low[d], high[d]) = (Math.Min(node.Low[d], point[d]), Math.Max(node.High[d], point[d]));
            span += high[d] - low[d];
        }

        var place = random.NextDouble() * span;
        var cut = 0;
        while (cut < point.Length - 1 && place > high[cut] - low[cut]) place -= high[cut] - low[cut++];
        var at = low[cut] + place;
        var isApart = node.IsLeaf || (point[cut] <= at ? node.Low[cut] > at : node.High[cut] <= at);
        if (isApart)
        {
            var isLeft = point[cut] <= at;
            var made = new Node { Low = low, High = high, Count = node.Count + 1, Parent = parent, Cut = cut, At = at, Left = isLeft ? leaf : node, Right = isLeft ? node : leaf };
            (leaf.Parent, node.Parent) = (made, made);
            return made;
        }

        (node.Low, node.High) = (low, high);
        node.Count++;
        if (point[node.Cut] <= node.At) node.Left = Insert(node.Left!, leaf, point);
        else node.Right = Insert(node.Right!, leaf, point);
        return node;
    }

    private void Remove(Node leaf)
    {
        if (leaf.Parent is not { } parent)
        {
            _root = null;
            return;
        }

        var sibling = ReferenceEquals(parent.Left, leaf) ? parent.Right! : parent.Left!;
        var above = parent.Parent;
        sibling.Parent = above;
        if (above is null) _root = sibling;
        else if (ReferenceEquals(above.Left, parent)) above.Left = sibling;
        else above.Right = sibling;
        for (var node = above; node is not null; node = node.Parent)
        {
            node.Count--;
            node.Low = [.. node.Left!.Low.Zip(node.Right!.Low, Math.Min)];
            node.High = [.. node.Left.High.Zip(node.Right.High, Math.Max)];
        }
    }

    private sealed class Node
    {
        public required double[] Low { get; set; }

        public required double[] High { get; set; }

        public int Count { get; set; }

        public Node? Parent { get; set; }

        public Node? Left { get; set; }

        public Node? Right { get; set; }

        public int Cut { get; init; }

        public double At { get; init; }

        public bool IsLeaf => Left is null;
    }
}
