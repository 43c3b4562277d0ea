// The sandbox program. Floor: sandbox.
int main(void)
{
    return 0;
}
