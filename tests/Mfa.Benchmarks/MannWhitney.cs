namespace Mfa.Benchmarks;

/// <summary>The Mann-Whitney U test by its normal approximation, with ties: whether two samples come from one distribution.</summary>
internal static class MannWhitney
{
    /// <summary>How likely samples of one distribution differ as much as these, in either direction.</summary>
    public static double P(IReadOnlyCollection<double> one, IReadOnlyCollection<double> other)
    {
        var all = one.Select(v => (Value: v, IsOne: true)).Concat(other.Select(v => (Value: v, IsOne: false))).OrderBy(s => s.Value).ToArray();
        var (ranks, ties) = (0.0, 0.0);
        for (var i = 0; i < all.Length;)
        {
            var j = i;
            while (j < all.Length && all[j].Value == all[i].Value)
            {
                j++;
            }

            // Equal values share the mean of their ranks.
            ranks += (i + 1 + j) / 2.0 * all[i..j].Count(s => s.IsOne);
            ties += Math.Pow(j - i, 3) - (j - i);
            i = j;
        }

        double n1 = one.Count, n2 = other.Count, n = n1 + n2;
        var u = ranks - (n1 * (n1 + 1) / 2);
        var variance = n1 * n2 / 12 * (n + 1 - (ties / (n * (n - 1))));
        return variance == 0 ? 1 : Erfc(Math.Abs(u - (n1 * n2 / 2)) / Math.Sqrt(2 * variance));
    }

    /// <summary>Calculates two examples again that were calculated by hand.</summary>
    /// <exception cref="InvalidOperationException">It is wrong.</exception>
    public static void Check()
    {
        if (Math.Abs(P([1, 2, 3], [4, 5, 6]) - 0.0495) > 0.0001 || Math.Abs(P([1, 2, 2], [2, 3, 4]) - 0.1046) > 0.0001 || P([1, 1], [1, 1]) != 1)
        {
            throw new InvalidOperationException("The test of the differences is wrong.");
        }
    }

    // Abramowitz and Stegun, 7.1.26; wrong by 1.5e-7 at most.
    private static double Erfc(double x)
    {
        var t = 1 / (1 + (0.3275911 * x));
        return t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429)))))))) * Math.Exp(-x * x);
    }
}
